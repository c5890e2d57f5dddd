package dev.steward.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.audit.AuditVerifier;
import dev.steward.posix.Signal;
import dev.steward.store.TransitionRow;
import dev.steward.testing.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody sets the clock, forth and back, by hours and by years: only what people read as times of day follows it. */
class ClockTest {
    private static final Duration YEARS = Duration.ofDays(4_000);
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path home;

    private final AtomicReference<Duration> wrongBy = new AtomicReference<>(Duration.ZERO);
    private final InstantSource wall = () -> InstantSource.system().instant().plus(wrongBy.get());

    private Examples agent() {
        return Examples.agent("cls", home).readyAfter(Duration.ofMillis(10)).shell("exec sleep 86378.25");
    }

    private static Duration uptime(TestNode node) {
        return node.status("cls").process().orElseThrow().uptime();
    }

    @Test
    void backoff_goes_on() throws Exception {
        var failing = agent().shell("exit 1").backoff(Duration.ofMillis(20), Duration.ofMillis(40));
        try (var node = TestNode.begin(home, wall, failing)) {
            for (var wrong : new Duration[] {YEARS, YEARS.negated(), Duration.ofHours(1), Duration.ofHours(-1)}) {
                wrongBy.set(wrong);
                var before = node.status("cls").failures();
                Await.until("it is tried again", () -> node.status("cls").failures() > before + 2);
            }
        }
    }

    @Test
    void an_agent_is_as_old_as_it_was() throws Exception {
        try (var node = TestNode.begin(home, wall, agent())) {
            node.await("cls", "up");
            wrongBy.set(YEARS);
            assertThat(uptime(node)).isBetween(Duration.ZERO, SOON);
            wrongBy.set(YEARS.negated());
            assertThat(uptime(node)).isBetween(Duration.ZERO, SOON);
        }
    }

    @Test
    void also_to_the_next_daemon() throws Exception {
        var first = TestNode.begin(home, wall, agent());
        first.await("cls", "up");
        var pid = first.pid("cls");
        first.leave();
        wrongBy.set(YEARS);
        var second = TestNode.begin(home, wall, agent());
        assertThat(second.pid("cls")).isEqualTo(pid);
        assertThat(uptime(second)).isBetween(Duration.ZERO, SOON);
        second.leave();
        wrongBy.set(YEARS.negated());
        try (var third = TestNode.begin(home, wall, agent())) {
            assertThat(third.pid("cls")).isEqualTo(pid);
            assertThat(uptime(third)).isBetween(Duration.ZERO, SOON);
        }
    }

    @Test
    void a_stop_has_its_time() throws Exception {
        var deaf = agent().shell("trap '' TERM; echo deaf; while :; do sleep 0.05; done")
                .stopWithin(Duration.ofMillis(100));
        try (var node = TestNode.begin(home, wall, deaf)) {
            node.awaitLog("cls", "deaf");
            wrongBy.set(YEARS.negated());
            assertThat(node.stop("cls").getFirst().state()).isEqualTo("stopped");
        }
    }

    @Test
    void history_keeps_its_order_and_the_audit_trail_its_chain() throws Exception {
        try (var node = TestNode.begin(home, wall, agent())) {
            node.await("cls", "up");
            wrongBy.set(YEARS.negated());
            node.supervisor.signal("cls", Signal.KILL);
            Await.until(
                    "a new one",
                    () -> node.status("cls").restarts() == 1
                            && node.status("cls").isUp());
            wrongBy.set(YEARS);
            node.stop("cls");
            // What is recorded is recorded behind the stop.
            node.journal.sync().join();
            assertThat(node.store.history("cls", 10))
                    .extracting(TransitionRow::to)
                    .containsExactly("starting", "up", "starting", "up", "stopping", "stopped");
            assertThat(node.store.history("cls", 10))
                    .extracting(TransitionRow::monotonicNanos)
                    .isSorted();
        }
        assertThat(AuditVerifier.verify(home.resolve("audit.jsonl"))).isInstanceOf(AuditVerifier.Verdict.Intact.class);
    }
}
