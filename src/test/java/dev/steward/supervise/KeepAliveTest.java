package dev.steward.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.config.KeepAlive;
import dev.steward.posix.Signal;
import dev.steward.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeepAliveTest {
    @TempDir
    Path home;

    private Examples agent() {
        return Examples.agent("cls", home).readyAfter(Duration.ofMillis(50));
    }

    @Test
    void a_ready_agent_that_is_killed_runs_again_at_once_with_a_new_pid() throws Exception {
        try (var node = TestNode.begin(home, agent())) {
            node.await("cls", "up");
            var first = node.pid("cls");

            node.supervisor.signal("cls", Signal.KILL);

            Await.until(
                    "a new pid",
                    () -> node.status("cls")
                            .process()
                            .filter(p -> p.pid() != first)
                            .isPresent());
            var status = node.await("cls", "up");
            assertThat(status.restarts()).isEqualTo(1);
            assertThat(status.failures()).isZero();
            assertThat(status.lastExit()).contains("SIGKILL");
        }
    }

    @Test
    void an_agent_that_exits_before_it_is_ready_backs_off_and_opens_an_incident() throws Exception {
        var crashing = agent().shell("exit 3")
                .backoff(Duration.ofMillis(5), Duration.ofMillis(20))
                .failures(3, Duration.ofMinutes(1));
        try (var node = TestNode.begin(home, crashing)) {
            Await.until("an incident", () -> node.status("cls").incidents().contains("crash-loop"));

            var status = node.await("cls", "backing_off");
            assertThat(status.failures()).isGreaterThanOrEqualTo(3);
            assertThat(status.lastExit()).contains("exit status 3");
            var before = status.failures();
            Await.until("it is tried on", () -> node.status("cls").failures() > before + 3);
        }
    }

    @Test
    void too_many_restarts_are_an_incident_and_back_off_though_it_was_ready_each_time() throws Exception {
        var flapping =
                agent().readyAfter(Duration.ofMillis(1)).shell("sleep 0.02").restarts(3, Duration.ofMinutes(1));
        try (var node = TestNode.begin(home, flapping)) {
            Await.until("an incident", () -> node.status("cls").incidents().contains("restart-storm"));
            assertThat(node.status("cls").restarts()).isGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void an_agent_ends_when_keep_alive_says_so() throws Exception {
        try (var node = TestNode.begin(home, agent().keepAlive(KeepAlive.NEVER).shell("exit 0"))) {
            var status = node.await("cls", "ended");
            assertThat(status.reason()).contains("exit status 0");
            assertThat(status.incidents()).isEmpty();
        }
    }

    @Test
    void a_bad_end_that_is_not_repaired_is_an_incident() throws Exception {
        try (var node = TestNode.begin(home, agent().keepAlive(KeepAlive.NEVER).shell("exit 7"))) {
            assertThat(node.await("cls", "ended").incidents()).containsExactly("ended-badly");
        }
    }

    @Test
    void on_failure_restarts_after_a_bad_exit_and_ends_after_a_good_one() throws Exception {
        var twice = agent().keepAlive(KeepAlive.ON_FAILURE)
                .backoff(Duration.ofMillis(5), Duration.ofMillis(5))
                .shell("[ -e done ] && exit 0; touch done; exit 1");
        try (var node = TestNode.begin(home, twice)) {
            assertThat(node.await("cls", "ended").failures()).isEqualTo(1);
        }
    }

    @Test
    void a_program_that_vanished_is_named_and_the_agent_is_failed() throws Exception {
        try (var node = TestNode.begin(home, agent().exec("./gone.sh"))) {
            var status = node.await("cls", "failed");
            assertThat(status.reason()).contains("gone.sh");
            assertThat(status.incidents()).containsExactly("cannot-start");
        }
    }

    @Test
    void a_failed_agent_runs_once_its_program_is_there_and_somebody_starts_it() throws Exception {
        try (var node = TestNode.begin(home, agent().exec("./later.sh"))) {
            node.await("cls", "failed");
            var script = Files.writeString(home.resolve("later.sh"), "#!/bin/sh\nexec sleep 1000\n");
            script.toFile().setExecutable(true);

            node.start("cls");

            assertThat(node.await("cls", "up").incidents()).isEmpty();
        }
    }

    @Test
    void a_missing_directory_a_bad_interpreter_and_a_log_that_is_a_fifo_are_told_apart() throws Exception {
        Files.writeString(home.resolve("bad.sh"), "#!/no/such/shell\n").toFile().setExecutable(true);
        Files.writeString(home.resolve("text"), "no program\n").toFile().setExecutable(true);
        Files.createDirectories(home.resolve("logs"));
        new ProcessBuilder("mkfifo", home.resolve("logs/fifo.log").toString())
                .start()
                .waitFor();
        var elsewhere = Examples.agent("dir", home.resolve("missing"));
        try (var node = TestNode.begin(
                home,
                elsewhere,
                Examples.agent("bad", home).exec("./bad.sh"),
                Examples.agent("text", home).exec("./text"),
                Examples.agent("fifo", home))) {
            assertThat(node.await("dir", "failed").reason()).contains("directory");
            assertThat(node.await("bad", "failed").reason()).contains("/no/such/shell");
            assertThat(node.await("text", "failed").reason()).contains("text");
            assertThat(node.await("fifo", "failed").reason()).contains("not a regular file");
        }
    }

    @Test
    void exit_status_127_is_explained() throws Exception {
        try (var node = TestNode.begin(home, agent().shell("no-such-program-anywhere"))) {
            assertThat(node.await("cls", "backing_off").lastExit().orElseThrow())
                    .contains("127")
                    .contains("not found");
        }
    }
}
