package dev.steward.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.config.KeepAlive;
import dev.steward.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ended while no daemon ran: the next one acts as if it had seen it, without knowing how it ended. */
class UnseenEndTest {
    @TempDir
    Path home;

    /** Runs until it is told to end, and notes each of its runs. */
    private Examples agent(KeepAlive rule) {
        return Examples.agent("cls", home)
                .shell("echo run >>runs; while [ ! -e end ]; do sleep 0.02; done")
                .readyAfter(Duration.ofMillis(20))
                .keepAlive(rule);
    }

    private void endBetweenTwoDaemons(Examples agent) throws Exception {
        try (var node = TestNode.begin(home, agent)) {
            node.await("cls", "up");
            var pid = node.pid("cls");
            node.journal.sync().join();
            node.leave();
            Files.createFile(home.resolve("end"));
            Await.until(
                    "it has ended",
                    () -> !ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)
                            || node.posix.processes().identify(pid).isEmpty());
            Files.delete(home.resolve("end"));
        }
    }

    private long runs() throws Exception {
        return Files.readAllLines(home.resolve("runs")).size();
    }

    @Test
    void one_that_is_not_to_be_started_again_has_ended_badly() throws Exception {
        endBetweenTwoDaemons(agent(KeepAlive.NEVER));
        try (var node = TestNode.begin(home, agent(KeepAlive.NEVER))) {
            assertThat(node.state("cls")).isEqualTo("ended");
            assertThat(node.status("cls").lastExit()).contains("exit status unknown (it ended unseen)");
            assertThat(node.status("cls").incidents()).containsExactly("ended-badly");
            assertThat(runs()).isOne();
        }
    }

    @Test
    void one_that_is_kept_alive_is_started_again_and_counted() throws Exception {
        endBetweenTwoDaemons(agent(KeepAlive.ALWAYS));
        try (var node = TestNode.begin(home, agent(KeepAlive.ALWAYS))) {
            var status = node.await("cls", "up");
            assertThat(status.restarts()).isOne();
            assertThat(status.lastExit()).contains("exit status unknown (it ended unseen)");
            assertThat(runs()).isEqualTo(2);
        }
    }

    @Test
    void one_that_is_configured_no_more_is_stopped_and_forgotten_with_its_incidents() throws Exception {
        var other = Examples.agent("other", home).readyAfter(Duration.ofMillis(1));
        try (var node = TestNode.begin(home, agent(KeepAlive.NEVER), other)) {
            node.await("cls", "up");
            node.journal.sync().join();
            node.leave();
        }
        try (var node = TestNode.begin(home, other)) {
            Await.until("it is gone", () -> node.supervisor.status().size() == 1);
            node.journal.sync().join();
            assertThat(node.store.incidents(true, 10)).isEmpty();
            assertThat(runs()).isOne();
        }
    }
}
