package dev.steward.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.posix.Signal;
import dev.steward.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing dies with the daemon, and nothing is started twice. */
class AdoptionTest {
    private static final String NAP = "86372.25";

    @TempDir
    Path home;

    private Examples agent() {
        return Examples.agent("cls", home).readyAfter(Duration.ofMillis(10)).shell("echo born; exec sleep " + NAP);
    }

    private long leaveOneRunning() throws Exception {
        var node = TestNode.begin(home, agent());
        node.await("cls", "up");
        var pid = node.pid("cls");
        node.leave();
        assertThat(ProcessHandle.of(pid)).isPresent();
        return pid;
    }

    @Test
    void the_next_daemon_adopts_what_runs() throws Exception {
        var pid = leaveOneRunning();
        try (var node = TestNode.begin(home, agent())) {
            assertThat(node.await("cls", "up").process().orElseThrow().pid()).isEqualTo(pid);
            assertThat(node.status("cls").reason()).isEqualTo("adopted");
            assertThat(node.log("cls")).isEqualTo("born\n");
        }
    }

    @Test
    void the_end_of_an_adopted_one_is_seen_at_once() throws Exception {
        var pid = leaveOneRunning();
        try (var node = TestNode.begin(home, agent())) {
            node.await("cls", "up");

            node.supervisor.signal("cls", Signal.KILL);

            Await.until(
                    "a new one",
                    () -> node.status("cls")
                            .process()
                            .filter(p -> p.pid() != pid)
                            .isPresent());
            Await.until("one sleeps", () -> node.sleepers(NAP).size() == 1);
        }
    }

    @Test
    void an_adopted_one_can_be_stopped() throws Exception {
        leaveOneRunning();
        try (var node = TestNode.begin(home, agent())) {
            node.stop("cls");
            assertThat(node.sleepers(NAP)).isEmpty();
        }
    }

    @Test
    void it_is_found_though_the_record_is_lost() throws Exception {
        var pid = leaveOneRunning();
        Files.delete(home.resolve("state.db"));
        try (var node = TestNode.begin(home, agent())) {
            node.await("cls", "up");
            assertThat(node.pid("cls")).isEqualTo(pid);
            assertThat(node.sleepers(NAP)).hasSize(1);
        }
    }

    @Test
    void one_that_the_configuration_no_longer_names_is_stopped() throws Exception {
        leaveOneRunning();
        try (var node = TestNode.begin(home, Examples.agent("other", home))) {
            Await.until("it is gone", () -> node.sleepers(NAP).isEmpty());
            Await.until("it is forgotten", () -> node.supervisor.status().size() == 1);
        }
    }

    @Test
    void one_that_died_meanwhile_is_started() throws Exception {
        var pid = leaveOneRunning();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        try (var node = TestNode.begin(home, agent())) {
            node.await("cls", "up");
            assertThat(node.pid("cls")).isNotEqualTo(pid);
        }
    }

    @Test
    void what_is_left_of_a_dead_one_is_never_taken_for_it() throws Exception {
        var hidden = agent().shell("env -i setsid sleep " + NAP + " & echo born; exec sleep 1000");
        var node = TestNode.begin(home, hidden);
        node.await("cls", "up");
        Await.until("its child sleeps", () -> node.sleepers(NAP).size() == 1);
        var pid = node.pid("cls");
        var left = node.sleepers(NAP);
        node.leave();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        Files.delete(home.resolve("state.db"));
        try (var next = TestNode.begin(home, hidden)) {
            next.await("cls", "up");
            Await.until("a new child", () -> next.sleepers(NAP).size() == 1);
            assertThat(next.sleepers(NAP)).doesNotContainAnyElementsOf(left);
            assertThat(next.log("cls")).isEqualTo("born\nborn\n");
        }
    }

    @Test
    void one_that_hides_is_found_by_its_life_file_though_the_record_is_lost() throws Exception {
        var hiding = agent().exec(
                        "/usr/bin/env",
                        "python3",
                        "-c",
                        "import os; os.closerange(3, 64); os.execve('/bin/sleep', ['sleep', '" + NAP + "'], {})");
        var node = TestNode.begin(home, hiding);
        node.await("cls", "up");
        Await.until("it hides", () -> node.sleepers(NAP).size() == 1);
        node.leave();
        Files.delete(home.resolve("state.db"));
        try (var next = TestNode.begin(home, hiding)) {
            next.await("cls", "up");
            assertThat(next.sleepers(NAP)).containsExactly(next.pid("cls"));
        }
    }

    @Test
    void a_copy_of_a_home_does_not_take_over_the_originals_agents() throws Exception {
        try (var original = TestNode.begin(home, agent())) {
            original.await("cls", "up");
            var pid = original.pid("cls");
            var copy = home.resolveSibling(home.getFileName() + "-copy");
            new ProcessBuilder("cp", "-a", home.toString(), copy.toString())
                    .start()
                    .waitFor();
            try (var other = TestNode.begin(copy, Examples.agent("cls", copy).shell("exec sleep 86374.25"))) {
                other.await("cls", "up");
                assertThat(other.pid("cls")).isNotEqualTo(pid);
            } finally {
                new ProcessBuilder("rm", "-rf", copy.toString()).start().waitFor();
            }
            assertThat(original.sleepers(NAP)).containsExactly(pid);
            assertThat(original.status("cls").restarts()).isZero();
        }
    }

    @Test
    void one_whose_section_was_edited_meanwhile_is_replaced() throws Exception {
        var pid = leaveOneRunning();
        try (var node = TestNode.begin(home, agent().shell("exec sleep 86373.25"))) {
            Await.until("the new section runs", () -> node.sleepers("86373.25").size() == 1);
            assertThat(node.sleepers(NAP)).isEmpty();
            assertThat(node.await("cls", "up").process().orElseThrow().pid()).isNotEqualTo(pid);
        }
    }

    @Test
    void one_that_only_left_a_child_is_replaced_once_that_is_gone() throws Exception {
        var node = TestNode.begin(home, agent().shell("sleep " + NAP + " & echo born; wait"));
        node.await("cls", "up");
        node.awaitLog("cls", "born");
        var pid = node.pid("cls");
        node.leave();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        try (var next = TestNode.begin(home, agent())) {
            next.await("cls", "up");
            assertThat(next.sleepers(NAP)).hasSize(1);
        }
    }
}
