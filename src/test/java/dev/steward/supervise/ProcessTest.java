package dev.steward.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an agent's process finds around it. */
class ProcessTest {
    @TempDir
    Path home;

    private Examples agent() {
        return Examples.agent("cls", home).readyAfter(Duration.ofMillis(10));
    }

    @Test
    void it_leads_a_session_of_its_own() throws Exception {
        try (var node = TestNode.begin(home, agent())) {
            node.await("cls", "up");
            assertThat(node.posix.processes().session(node.pid("cls"))).hasValue(node.pid("cls"));
        }
    }

    @Test
    void it_has_no_descriptors_but_the_standard_ones_and_its_life_lock() throws Exception {
        try (var node = TestNode.begin(home, agent().exec("/bin/sleep", "1000"))) {
            node.await("cls", "up");
            try (var descriptors = Files.list(Path.of("/proc/" + node.pid("cls") + "/fd"))) {
                assertThat(descriptors.map(fd -> fd.getFileName().toString()))
                        .containsExactlyInAnyOrder("0", "1", "2", "3");
            }
            assertThat(Files.readSymbolicLink(Path.of("/proc/" + node.pid("cls") + "/fd/0")))
                    .hasToString("/dev/null");
            assertThat(Files.readSymbolicLink(Path.of("/proc/" + node.pid("cls") + "/fd/3")))
                    .hasToString(home.toRealPath() + "/run/cls.life");
        }
    }

    @Test
    void no_signal_is_blocked_or_ignored() throws Exception {
        try (var node = TestNode.begin(home, agent().exec("/bin/sleep", "1000"))) {
            node.await("cls", "up");
            assertThat(Files.readAllLines(Path.of("/proc/" + node.pid("cls") + "/status")))
                    .contains("SigBlk:\t0000000000000000", "SigIgn:\t0000000000000000");
        }
    }

    @Test
    void it_knows_who_and_where_it_is() throws Exception {
        try (var node = TestNode.begin(home, agent().exec("/bin/sleep", "1000"))) {
            node.await("cls", "up");
            assertThat(node.environment("cls"))
                    .containsEntry("STEWARD_HOME", home.toString())
                    .containsEntry("STEWARD_AGENT", "cls")
                    .containsEntry("PATH", home + "/run/bin:" + System.getenv("PATH"))
                    .containsEntry(
                            "STEWARD_INCARNATION",
                            node.status("cls").process().orElseThrow().incarnation());
        }
    }

    @Test
    void a_reference_in_its_environment_is_resolved_at_each_start() throws Exception {
        var secret = Files.writeString(home.resolve("secret"), "one\n");
        try (var node =
                TestNode.begin(home, agent().exec("/bin/sleep", "1000").env("TOKEN", "${file:" + secret + "}"))) {
            node.await("cls", "up");
            assertThat(node.environment("cls")).containsEntry("TOKEN", "one");
            Files.writeString(secret, "two\n");

            node.restart("cls");

            assertThat(node.environment("cls")).containsEntry("TOKEN", "two");
        }
    }

    @Test
    void a_reference_that_leads_nowhere_fails_the_agent_and_is_named() throws Exception {
        try (var node = TestNode.begin(home, agent().env("TOKEN", "${env:NO_SUCH_VARIABLE}"))) {
            assertThat(node.await("cls", "failed").reason()).contains("${env:NO_SUCH_VARIABLE}");
        }
    }

    @Test
    void output_of_both_kinds_is_appended_to_its_log() throws Exception {
        Files.createDirectories(home.resolve("logs"));
        Files.writeString(home.resolve("logs/cls.log"), "before\n");
        try (var node = TestNode.begin(home, agent().shell("echo out; echo err >&2; exec sleep 1000"))) {
            node.awaitLog("cls", "err");
            assertThat(node.log("cls")).isEqualTo("before\nout\nerr\n");
        }
    }

    @Test
    void the_umask_that_was_asked_for_is_set_and_no_shell_stays() throws Exception {
        try (var node = TestNode.begin(home, agent().exec("/bin/sleep", "1000").umask("027"))) {
            node.await("cls", "up");
            var pid = node.pid("cls");
            Await.until(
                    "the shell has become the program",
                    () -> Files.readString(Path.of("/proc/" + pid + "/comm")).equals("sleep\n"));
            assertThat(Files.readAllLines(Path.of("/proc/" + pid + "/status"))).contains("Umask:\t0027");
        }
    }

    @Test
    void the_soft_limit_of_open_files_is_the_users() throws Exception {
        try (var node = TestNode.begin(home, agent().exec("/bin/sleep", "1000"))) {
            node.await("cls", "up");
            var child = limit("/proc/" + node.pid("cls") + "/limits");
            var parents = limit("/proc/" + parentOfThisJvm() + "/limits");
            assertThat(child).isEqualTo(parents);
        }
    }

    private static long parentOfThisJvm() {
        return ProcessHandle.current().parent().orElseThrow().pid();
    }

    private static String limit(String file) throws Exception {
        return Files.readAllLines(Path.of(file)).stream()
                .filter(line -> line.startsWith("Max open files"))
                .map(line -> line.split("\\s+", -1)[3])
                .findFirst()
                .orElseThrow();
    }
}
