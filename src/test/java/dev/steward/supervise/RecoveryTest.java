package dev.steward.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.steward.posix.Signal;
import dev.steward.store.TransitionRow;
import dev.steward.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the next daemon tells of the agents that it found. */
class RecoveryTest {
    private static final Duration OLD = Duration.ofMillis(1_100);

    @TempDir
    Path home;

    private Examples agent() {
        return Examples.agent("cls", home).readyAfter(Duration.ofMillis(10)).shell("exec sleep 86377.25");
    }

    private Duration uptime(TestNode node) {
        return node.status("cls").process().orElseThrow().uptime();
    }

    @Test
    void history_begins_with_what_the_record_knew() throws Exception {
        var first = TestNode.begin(home, agent());
        first.await("cls", "up");
        first.leave();
        try (var node = TestNode.begin(home, agent())) {
            node.journal.sync().join();
            assertThat(node.store.history("cls", 1))
                    .extracting(TransitionRow::from, TransitionRow::to, TransitionRow::reason)
                    .containsExactly(tuple("up", "up", "adopted"));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void an_agent_is_as_old_as_its_process_though_the_record_is_lost() throws Exception {
        var first = TestNode.begin(home, agent());
        first.await("cls", "up");
        Await.until("it is old", () -> uptime(first).compareTo(OLD) > 0);
        first.leave();
        Files.delete(home.resolve("state.db"));
        try (var node = TestNode.begin(home, agent())) {
            assertThat(uptime(node)).isBetween(OLD, OLD.plusSeconds(20));
            var started = node.status("cls").process().orElseThrow().started();
            assertThat(Duration.between(started, InstantSource.system().instant()))
                    .isBetween(OLD, OLD.plusSeconds(20));
        }
    }

    @Test
    void a_newer_process_than_the_recorded_one_has_to_prove_itself() throws Exception {
        var slow = agent().readyAfter(Duration.ofMinutes(1));
        var first = TestNode.begin(home, agent());
        first.await("cls", "up");
        first.leave();
        var record = Files.readAllBytes(home.resolve("state.db"));
        var second = TestNode.begin(home, slow);
        second.supervisor.signal("cls", Signal.KILL);
        second.await("cls", "starting");
        second.leave();
        Files.write(home.resolve("state.db"), record);
        try (var node = TestNode.begin(home, slow)) {
            assertThat(node.state("cls")).isEqualTo("starting");
        }
    }

    @Test
    void who_asks_a_daemon_that_ends_is_told_to_try_later() throws Exception {
        var node = TestNode.begin(home, agent());
        node.close();
        assertThatThrownBy(() -> node.stop("cls")).isInstanceOf(GoingDown.class);
    }
}
