package dev.steward.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.config.Ready;
import dev.steward.config.Via;
import dev.steward.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents that speak sd_notify(3), as real processes; and others, who are not heard. */
class NotifyTest {
    /** Says what its argument holds, and does what the rest of the script says. */
    private static final String SAY = """
            import os, socket, sys, time
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            def say(text):
                name = os.environ['NOTIFY_SOCKET']
                s.sendto(text.encode(), '\\0' + name[1:] if name[0] == '@' else name)
            def when(name):
                while not os.path.exists(name): time.sleep(0.02)
            """;

    @TempDir
    Path home;

    private Examples agent(Path folder, String script) throws Exception {
        var file = Files.writeString(Files.createDirectories(folder).resolve("agent.py"), SAY + script);
        return Examples.agent("cls", folder)
                .exec("python3", "-u", file.toString())
                .ready(new Ready.Notified(Duration.ofSeconds(20)));
    }

    private Examples agent(String script) throws Exception {
        return agent(home, script);
    }

    private static void awaitAnother(TestNode node, long pid) throws Exception {
        Await.until("another one is up", () -> node.state("cls").equals("up") && node.pid("cls") != pid);
    }

    private static void awaitSaid(TestNode node, String said) throws Exception {
        Await.until("it says " + said, () -> node.status("cls").heard().said().equals(said));
    }

    /** Somebody else of the same user, with the right socket in its environment, who is still there when it is looked at. */
    private static void sayAsAStranger(TestNode node, String script) throws Exception {
        var builder = new ProcessBuilder("setsid", "python3", "-c", SAY + script + "\ntime.sleep(0.3)");
        builder.environment().put("NOTIFY_SOCKET", node.environment("cls").get("NOTIFY_SOCKET"));
        builder.environment().put("STEWARD_INCARNATION", node.environment("cls").get("STEWARD_INCARNATION"));
        var stranger = builder.inheritIO().start();
        assertThat(stranger.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(stranger.exitValue()).isZero();
    }

    @Test
    void it_is_ready_when_it_says_so_and_not_before() throws Exception {
        try (var node = TestNode.begin(
                home, agent("say('STATUS=loading'); when('go'); say('READY=1\\nSTATUS=serving'); time.sleep(100)"))) {
            awaitSaid(node, "loading");
            assertThat(node.state("cls")).isEqualTo("starting");
            sayAsAStranger(node, "say('READY=1')");
            sayAsAStranger(node, "say('STATUS=mine')");
            assertThat(node.state("cls")).isEqualTo("starting");
            Files.createFile(home.resolve("go"));
            node.await("cls", "up");
            awaitSaid(node, "serving");
        }
    }

    @Test
    void a_child_of_its_main_process_may_say_it_even_from_a_session_of_its_own() throws Exception {
        var script =
                "import subprocess\nsubprocess.run(['setsid', 'python3', '-c', open('say.py').read()])\ntime.sleep(100)";
        Files.writeString(home.resolve("say.py"), SAY + "say('READY=1'); time.sleep(1)");
        try (var node = TestNode.begin(home, agent(script))) {
            node.await("cls", "up");
        }
    }

    @Test
    void one_that_falls_silent_is_replaced() throws Exception {
        var script =
                "assert os.environ['WATCHDOG_USEC'] == '600000'\nsay('READY=1')\nwhile not os.path.exists('silent'): say('WATCHDOG=1'); time.sleep(0.1)\nos.remove('silent'); time.sleep(100)";
        try (var node = TestNode.begin(
                home, agent(script).beats(new Via.Notified(), Duration.ofMillis(100), Duration.ofMillis(600)))) {
            node.await("cls", "up");
            var pid = node.pid("cls");
            sayAsAStranger(node, "say('WATCHDOG=1')");
            Files.createFile(home.resolve("silent"));
            awaitAnother(node, pid);
            assertThat(node.status("cls").restarts()).isOne();
        }
    }

    @Test
    void nobody_else_keeps_it_alive_or_ends_it() throws Exception {
        try (var node = TestNode.begin(
                home,
                agent("say('READY=1'); time.sleep(100)")
                        .beats(new Via.Notified(), Duration.ofMillis(100), Duration.ofMillis(900)))) {
            node.await("cls", "up");
            var pid = node.pid("cls");
            sayAsAStranger(node, "say('WATCHDOG=trigger\\nSTOPPING=1\\nMAINPID=%d' % os.getpid())");
            assertThat(node.pid("cls")).isEqualTo(pid);
            assertThat(node.state("cls")).isEqualTo("up");
            sayAsAStranger(node, "[(say('WATCHDOG=1'), time.sleep(0.1)) for i in range(20)]");
            awaitAnother(node, pid);
        }
    }

    @Test
    void one_that_asks_for_it_is_replaced() throws Exception {
        try (var node = TestNode.begin(
                home, agent("say('READY=1'); when('go'); os.remove('go'); say('WATCHDOG=trigger'); time.sleep(100)"))) {
            node.await("cls", "up");
            var pid = node.pid("cls");
            Files.createFile(home.resolve("go"));
            awaitAnother(node, pid);
        }
    }

    @Test
    void one_that_says_that_it_stops_is_stopping_and_comes_back_when_it_has_ended() throws Exception {
        try (var node = TestNode.begin(
                home, agent("say('READY=1'); when('go'); os.remove('go'); say('STOPPING=1'); when('end')"))) {
            node.await("cls", "up");
            var pid = node.pid("cls");
            Files.createFile(home.resolve("go"));
            node.await("cls", "stopping");
            assertThat(node.pid("cls")).isEqualTo(pid);
            Files.createFile(home.resolve("end"));
            awaitAnother(node, pid);
            assertThat(node.status("cls").lastExit()).contains("exit status 0");
        }
    }

    @Test
    void more_time_is_given_to_who_asks_for_it() throws Exception {
        var script = "say('EXTEND_TIMEOUT_USEC=20000000'); when('go'); say('READY=1'); time.sleep(100)";
        try (var node = TestNode.begin(home, agent(script).ready(new Ready.Notified(Duration.ofMillis(700))))) {
            var pid = node.pid("cls");
            var begun = System.nanoTime();
            Await.until(
                    "its first time is over",
                    () -> System.nanoTime() - begun > Duration.ofMillis(900).toNanos());
            Files.createFile(home.resolve("go"));
            node.await("cls", "up");
            assertThat(node.pid("cls")).isEqualTo(pid);
        }
    }

    @Test
    void its_main_process_may_be_another_one_of_its_session() throws Exception {
        var script = """
                child = os.fork()
                if child == 0:
                    when('end'); os._exit(7)
                say('MAINPID=%d\\nREADY=1' % child)
                os._exit(0)
                """;
        try (var node = TestNode.begin(home, agent(script))) {
            node.await("cls", "up");
            var main = node.pid("cls");
            assertThat(node.posix.processes().session(main).orElseThrow()).isNotEqualTo(main);
            assertThat(node.status("cls").restarts()).isZero();
            Files.createFile(home.resolve("end"));
            Await.until("its end is seen", () -> node.status("cls").lastExit().isPresent());
            assertThat(node.status("cls").lastExit()).contains("exit status 7");
        }
    }

    @Test
    void a_main_process_that_was_handed_over_to_is_adopted_and_stopped() throws Exception {
        var script =
                "child = os.fork()\nif child == 0: time.sleep(100)\nsay('MAINPID=%d\\nREADY=1' % child); os._exit(0)";
        long main;
        try (var node = TestNode.begin(home, agent(script))) {
            node.await("cls", "up");
            main = node.pid("cls");
            node.leave();
        }
        try (var node = TestNode.begin(home, agent(script))) {
            assertThat(node.pid("cls")).isEqualTo(main);
            node.stop("cls");
            assertThat(node.posix.processes().identify(main)).isEmpty();
        }
    }

    @Test
    void nobody_outside_of_its_session_becomes_its_main_process() throws Exception {
        try (var node = TestNode.begin(
                home,
                agent("say('MAINPID=%d\\nREADY=1' % " + ProcessHandle.current().pid() + "); time.sleep(100)"))) {
            node.await("cls", "up");
            assertThat(node.pid("cls")).isNotEqualTo(ProcessHandle.current().pid());
        }
    }

    @Test
    void who_sends_too_much_waits_and_harms_nobody_else() throws Exception {
        var waiting = Integer.parseInt(
                Files.readString(Path.of("/proc/sys/net/unix/max_dgram_qlen")).strip());
        var flood = """
                began = time.monotonic()
                for i in range(%d): say('MAINPID=1\\n' * 300 + 'STATUS=%%d' %% i)
                open('took', 'w').write(str(time.monotonic() - began))
                """.formatted(3000 + waiting);
        var other = Examples.agent("other", home).readyAfter(Duration.ofMillis(1));
        try (var node = TestNode.begin(home, agent("say('READY=1')\n" + flood + "time.sleep(100)"), other)) {
            node.await("cls", "up");
            assertThat(node.restart("other"))
                    .singleElement()
                    .satisfies(status -> assertThat(status.isUp()).isTrue());
            Await.until(
                    "all was sent", () -> Files.exists(home.resolve("took")) && Files.size(home.resolve("took")) > 0);
            // A thousand a second, but for those of the first second and those that still wait.
            assertThat(Double.parseDouble(Files.readString(home.resolve("took"))))
                    .isGreaterThan(1.5);
            assertThat(node.state("cls")).isEqualTo("up");
        }
    }

    @Test
    void a_status_that_comes_with_ready_stays() throws Exception {
        try (var node = TestNode.begin(home, agent("say('STATUS=serving\\nREADY=1'); time.sleep(100)"))) {
            node.await("cls", "up");
            awaitSaid(node, "serving");
        }
    }

    @Test
    void what_it_said_once_is_known_to_the_next_daemon_though_the_record_is_lost() throws Exception {
        var script = "say('WATCHDOG_USEC=60000000\\nREADY=1'); time.sleep(100)";
        var agent = agent(script)
                .ready(new Ready.Notified(Duration.ofMillis(400)))
                .beats(new Via.Notified(), Duration.ofMillis(100), Duration.ofMillis(400));
        long pid;
        try (var node = TestNode.begin(home, agent)) {
            node.await("cls", "up");
            pid = node.pid("cls");
            node.leave();
        }
        for (var file : new String[] {"state.db", "state.db-wal", "state.db-shm"}) {
            Files.deleteIfExists(home.resolve(file));
        }
        try (var node = TestNode.begin(home, agent)) {
            var begun = System.nanoTime();
            Await.until(
                    "every time is over",
                    () -> System.nanoTime() - begun > Duration.ofMillis(900).toNanos());
            assertThat(node.state("cls")).isEqualTo("up");
            assertThat(node.pid("cls")).isEqualTo(pid);
        }
    }

    @Test
    void a_socket_that_was_removed_is_there_for_the_next_incarnation() throws Exception {
        try (var node = TestNode.begin(home, agent("say('READY=1'); time.sleep(100)"))) {
            node.await("cls", "up");
            Files.delete(Path.of(node.environment("cls").get("NOTIFY_SOCKET")));
            assertThat(node.restart("cls"))
                    .singleElement()
                    .satisfies(status -> assertThat(status.isUp()).isTrue());
        }
    }

    @Test
    void one_that_stops_by_itself_and_wants_time_is_stopped_when_somebody_asks() throws Exception {
        var script = "say('READY=1'); when('go'); say('STOPPING=1\\nEXTEND_TIMEOUT_USEC=3600000000'); time.sleep(100)";
        try (var node = TestNode.begin(home, agent(script))) {
            node.await("cls", "up");
            Files.createFile(home.resolve("go"));
            node.await("cls", "stopping");
            assertThat(node.stop("cls"))
                    .singleElement()
                    .satisfies(status -> assertThat(status.state()).isEqualTo("stopped"));
        }
    }

    @Test
    void a_home_with_a_long_path_has_abstract_sockets() throws Exception {
        var deep = home.resolve("d".repeat(100)).resolve("e".repeat(20));
        try (var node = TestNode.begin(deep, agent(deep, "say('READY=1'); time.sleep(100)"))) {
            node.await("cls", "up");
            assertThat(node.environment("cls").get("NOTIFY_SOCKET")).startsWith("@steward/");
        }
    }

    @Test
    void the_next_daemon_hears_it_at_the_same_place() throws Exception {
        var agent = agent(
                "say('READY=1')\nwhile True:\n  time.sleep(0.05)\n  try: say('STATUS=on')\n  except OSError: pass");
        long pid;
        try (var node = TestNode.begin(home, agent)) {
            node.await("cls", "up");
            pid = node.pid("cls");
            node.leave();
        }
        try (var node = TestNode.begin(home, agent)) {
            awaitSaid(node, "on");
            assertThat(List.of(node.pid("cls"))).containsExactly(pid);
        }
    }
}
