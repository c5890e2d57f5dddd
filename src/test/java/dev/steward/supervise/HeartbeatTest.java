package dev.steward.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.config.Heartbeat;
import dev.steward.config.Heartbeat.OnStale;
import dev.steward.config.Ready;
import dev.steward.config.Via;
import dev.steward.posix.Signal;
import dev.steward.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents that beat by a file, as real processes: who falls silent is found and replaced. */
class HeartbeatTest {
    private static final Duration EVERY = Duration.ofMillis(100);
    private static final Duration STALE = Duration.ofMillis(600);
    private static final String BEATS =
            "i=0; while :; do i=$((i+1)); echo \"{\\\"ts\\\":$(date +%s),\\\"iter\\\":$i}\" >hb.new; mv hb.new hb; sleep 0.1; done";

    @TempDir
    Path home;

    private Examples agent(String script, OnStale onStale) {
        return Examples.agent("cls", home)
                .shell(script)
                .ready(new Ready.FirstBeat(Duration.ofSeconds(20)))
                .beats(new Heartbeat(new Via.Written(home.resolve("hb")), EVERY, STALE, onStale));
    }

    private static long pidAfter(TestNode node, long pid) throws Exception {
        Await.until("another one is up", () -> node.state("cls").equals("up") && node.pid("cls") != pid);
        return node.pid("cls");
    }

    @Test
    void the_first_beat_of_this_incarnation_makes_it_ready_and_an_earlier_ones_does_not() throws Exception {
        Files.writeString(home.resolve("hb"), "of the last one");
        try (var node = TestNode.begin(
                home, agent("while [ ! -e go ]; do sleep 0.02; done; touch hb; exec sleep 100", OnStale.REPORT))) {
            Await.until("it runs", () -> node.status("cls").process().isPresent());
            assertThat(node.state("cls")).isEqualTo("starting");
            assertThat(node.supervisor.freshStatus().getFirst().heard().beatAge())
                    .isEmpty();
            Files.createFile(home.resolve("go"));
            node.await("cls", "up");
            assertThat(node.supervisor.freshStatus().getFirst().heard().beatAge())
                    .isPresent();
        }
    }

    @Test
    void one_that_is_frozen_is_found_and_replaced() throws Exception {
        try (var node = TestNode.begin(home, agent(BEATS, OnStale.RESTART))) {
            node.await("cls", "up");
            var frozen = node.pid("cls");
            assertThat(node.supervisor.signal("cls", Signal.STOP)).isTrue();
            pidAfter(node, frozen);
            Await.until(
                    "its incident is over", () -> node.status("cls").incidents().isEmpty());
            node.journal.sync().join();
            assertThat(node.store.incidents(false, 10)).singleElement().satisfies(incident -> {
                assertThat(incident.cause()).isEqualTo("stale-heartbeat");
                assertThat(incident.detail()).startsWith("no heartbeat for ");
                assertThat(incident.resolved()).isPresent();
            });
            assertThat(node.status("cls").restarts()).isOne();
        }
    }

    @Test
    void one_that_only_touches_its_clock_is_replaced_too() throws Exception {
        var stuck =
                "while :; do echo \"{\\\"ts\\\":$(date +%s.%N),\\\"iter\\\":7}\" >hb.new; mv hb.new hb; sleep 0.05; done";
        try (var node = TestNode.begin(home, agent(stuck, OnStale.RESTART))) {
            node.await("cls", "up");
            pidAfter(node, node.pid("cls"));
            node.journal.sync().join();
            assertThat(node.store.incidents(false, 10).getFirst().detail()).contains("its iter stays at 7");
        }
    }

    @Test
    void where_it_is_only_reported_it_goes_on_and_its_next_beat_is_the_end_of_the_incident() throws Exception {
        try (var node = TestNode.begin(home, agent(BEATS, OnStale.REPORT))) {
            node.await("cls", "up");
            var pid = node.pid("cls");
            node.supervisor.signal("cls", Signal.STOP);
            Await.until("it is reported", () -> node.status("cls").incidents().contains("stale-heartbeat"));
            node.supervisor.signal("cls", Signal.CONT);
            Await.until("it is over", () -> node.status("cls").incidents().isEmpty());
            assertThat(node.pid("cls")).isEqualTo(pid);
            assertThat(node.state("cls")).isEqualTo("up");
        }
    }

    @Test
    void one_that_is_deaf_to_term_is_killed_within_a_second() throws Exception {
        var once = "trap '' TERM; touch hb; while :; do sleep 0.05; done";
        try (var node = TestNode.begin(home, agent(once, OnStale.RESTART).stopWithin(Duration.ofMinutes(5)))) {
            node.await("cls", "up");
            pidAfter(node, node.pid("cls"));
        }
    }

    @Test
    void a_frozen_one_is_found_by_the_next_daemon_too() throws Exception {
        long frozen;
        try (var node = TestNode.begin(home, agent(BEATS, OnStale.RESTART))) {
            node.await("cls", "up");
            frozen = node.pid("cls");
            node.supervisor.signal("cls", Signal.STOP);
            node.leave();
        }
        try (var node = TestNode.begin(home, agent(BEATS, OnStale.RESTART))) {
            assertThat(node.pid("cls")).isEqualTo(frozen);
            pidAfter(node, frozen);
        }
    }

    @Test
    void a_fifo_a_folder_and_a_link_are_told_of_and_hold_nobody_up() throws Exception {
        Files.createSymbolicLink(home.resolve("hb"), Files.writeString(home.resolve("real"), "x"));
        try (var node =
                TestNode.begin(home, agent("exec sleep 1000", OnStale.REPORT).readyAfter(Duration.ofMillis(50)))) {
            Await.until("it is reported", () -> node.status("cls").incidents().contains("stale-heartbeat"));
            assertThat(node.status("cls").heard().trouble())
                    .isEqualTo("its heartbeat file is a symbolic link, not a regular file");
            Files.delete(home.resolve("hb"));
            assertThat(new ProcessBuilder("mkfifo", home.resolve("hb").toString())
                            .start()
                            .waitFor())
                    .isZero();
            Await.until("it is told", () -> node.status("cls").heard().trouble().contains("a special file"));
            Files.delete(home.resolve("hb"));
            Files.writeString(home.resolve("hb"), "life");
            Await.until("it is over", () -> node.status("cls").incidents().isEmpty());
        }
    }
}
