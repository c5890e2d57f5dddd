package dev.steward.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.config.Ready;
import dev.steward.posix.Signal;
import dev.steward.testing.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Programs that make it hard to find them: none runs twice, and all are gone after a stop. */
@EnabledOnOs(OS.LINUX)
class NastyTest {
    private static final String NAP = "86376.25";
    private static final Path PERL = Path.of("/usr/bin/perl");
    private static final Path REDIS = Path.of("/usr/bin/redis-server");

    @TempDir
    Path home;

    private Examples agent() {
        return Examples.agent("cls", home)
                .readyAfter(Duration.ofMillis(10))
                .stopWithin(Duration.ofMillis(300))
                .backoff(Duration.ofMillis(50), Duration.ofMillis(50));
    }

    private Examples perl(String script) {
        assumeTrue(Files.isExecutable(PERL), "perl is here");
        return agent().exec(PERL.toString(), "-e", script);
    }

    private static long otherPid(TestNode node, long pid) throws Exception {
        Await.until("a new pid", () -> node.status("cls").isUp() && node.pid("cls") != pid);
        return node.pid("cls");
    }

    private static boolean lives(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    /** Every process whose arguments hold this. */
    private static List<Long> running(String argument) throws IOException {
        try (var all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            var pids = new ArrayList<Long>();
            for (var process : all) {
                if (arguments(process).contains(argument)) {
                    pids.add(Long.parseLong(process.getFileName().toString()));
                }
            }
            return pids;
        }
    }

    private static String arguments(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"));
        } catch (IOException gone) {
            return "";
        }
    }

    @Test
    void one_that_closes_all_its_files_runs_once_and_stops() throws Exception {
        var script = "use POSIX; POSIX::close($_) for 0..63; sleep 1 while 1; # " + NAP;
        try (var node = TestNode.begin(home, perl(script))) {
            node.await("cls", "up");
            var first = node.pid("cls");
            Await.until(
                    "its files are closed",
                    () -> node.posix.processes().openFiles(first).isEmpty());

            node.supervisor.signal("cls", Signal.KILL);

            otherPid(node, first);
            assertThat(running(NAP)).hasSize(1);
            node.stop("cls");
            assertThat(running(NAP)).isEmpty();
        }
    }

    @Test
    void one_that_closed_all_its_files_is_adopted() throws Exception {
        var script = "use POSIX; POSIX::close($_) for 0..63; sleep 1 while 1; # " + NAP;
        var first = TestNode.begin(home, perl(script));
        first.await("cls", "up");
        var pid = first.pid("cls");
        Await.until(
                "its files are closed",
                () -> first.posix.processes().openFiles(pid).isEmpty());
        first.leave();
        Files.delete(home.resolve("state.db"));

        try (var node = TestNode.begin(home, perl(script))) {
            node.await("cls", "up");
            assertThat(node.pid("cls")).isEqualTo(pid);
            assertThat(running(NAP)).hasSize(1);
        }
    }

    @Test
    void one_that_makes_itself_a_daemon_never_runs_twice_and_stops() throws Exception {
        var script = "echo born; (setsid sh -c 'setsid sleep " + NAP + " &' &); sleep 0.05; exit 0";
        try (var node = TestNode.begin(home, agent().shell(script))) {
            var most = new AtomicInteger();
            Await.until("five of them", () -> {
                most.accumulateAndGet(node.sleepers(NAP).size(), Math::max);
                return node.log("cls").lines().count() >= 5;
            });
            assertThat(most).hasValue(1);

            node.stop("cls");

            assertThat(node.sleepers(NAP)).isEmpty();
        }
    }

    @Test
    void one_that_ignores_the_signal_and_forks_all_the_time_is_stopped() throws Exception {
        var script = "trap '' TERM; echo ready; while :; do sleep " + NAP + " & sleep 0.02; done";
        try (var node = TestNode.begin(home, agent().shell(script))) {
            node.awaitLog("cls", "ready");
            Await.until("three of them", () -> node.sleepers(NAP).size() >= 3);

            var status = node.stop("cls").getFirst();

            assertThat(status.state()).isEqualTo("stopped");
            assertThat(status.incidents()).isEmpty();
            assertThat(node.sleepers(NAP)).isEmpty();
        }
    }

    @Test
    void one_that_changes_its_group_and_whose_child_changes_its_session_is_stopped() throws Exception {
        var script = "use POSIX; $| = 1; if (fork) { } else { setsid; if (fork) { } else { setpgid(0, 0);"
                + " exec 'sleep', '" + NAP + "' } exec 'sleep', '" + NAP + "' }"
                + " system('sleep 0.05'); print qq(ready\\n); exec 'sleep', '" + NAP + "';";
        try (var node = TestNode.begin(home, perl(script))) {
            node.awaitLog("cls", "ready");
            Await.until("three of them", () -> node.sleepers(NAP).size() == 3);

            node.stop("cls");

            assertThat(node.sleepers(NAP)).isEmpty();
        }
    }

    @Test
    void one_that_is_frozen_and_killed_comes_back() throws Exception {
        try (var node = TestNode.begin(home, agent().shell("exec sleep " + NAP))) {
            node.await("cls", "up");
            var pid = node.pid("cls");
            node.supervisor.signal("cls", Signal.STOP);
            Await.until(
                    "it is frozen",
                    () -> Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") T "));

            node.supervisor.signal("cls", Signal.KILL);

            otherPid(node, pid);
            Await.until("one", () -> node.sleepers(NAP).size() == 1);
        }
    }

    @Test
    void a_frozen_child_of_a_killed_one_is_ended_before_the_next_runs() throws Exception {
        var script = "sleep " + NAP + " & echo $!; wait";
        try (var node = TestNode.begin(home, agent().shell(script))) {
            node.awaitLog("cls", "\n");
            node.await("cls", "up");
            var child = Long.parseLong(node.log("cls").strip());
            new ProcessBuilder("/bin/sh", "-c", "kill -STOP " + child).start().waitFor();

            node.supervisor.signal("cls", Signal.KILL);

            Await.until("the child is gone", () -> !lives(child));
            node.await("cls", "up");
            Await.until("one", () -> node.sleepers(NAP).size() == 1);
        }
    }

    /** As a child has it that was started with an environment of its own, and without files beyond the standard ones. */
    @Test
    void a_child_without_lock_and_environment_does_not_outlive_its_incarnation() throws Exception {
        var script = "[ -e once ] || { touch once; env -i sleep " + NAP + " 3>&- & }; echo ready; exec sleep 1000";
        try (var node = TestNode.begin(home, agent().shell(script))) {
            node.awaitLog("cls", "ready");
            node.await("cls", "up");
            Await.until("a child", () -> node.sleepers(NAP).size() == 1);

            node.supervisor.signal("cls", Signal.KILL);

            node.awaitLog("cls", "ready\nready\n");
            Await.until("it is gone", () -> node.sleepers(NAP).isEmpty());
            node.await("cls", "up");
        }
    }

    @Test
    void redis_overwrites_its_environment_and_is_found_by_its_lock() throws Exception {
        assumeTrue(Files.isExecutable(REDIS), "redis-server is here");
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var redis = agent().stopWithin(Duration.ofSeconds(5))
                .exec(REDIS.toString(), "--port", "" + port, "--bind", "127.0.0.1", "--save", "")
                .ready(new Ready.Tcp("127.0.0.1", port, Duration.ofSeconds(20)));
        var first = TestNode.begin(home, redis);
        first.await("cls", "up");
        var pid = first.pid("cls");
        assertThat(first.environment("cls")).doesNotContainKey("STEWARD_AGENT");
        first.leave();
        Files.delete(home.resolve("state.db"));

        try (var node = TestNode.begin(home, redis)) {
            node.await("cls", "up");
            assertThat(node.pid("cls")).isEqualTo(pid);

            node.supervisor.signal("cls", Signal.KILL);
            var second = otherPid(node, pid);
            node.stop("cls");

            assertThat(lives(second)).isFalse();
        }
    }
}
