package dev.steward.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.config.Ready;
import dev.steward.posix.Signal;
import dev.steward.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stop takes everything of an agent down, whatever its processes did to themselves. */
class StopTest {
    /** Unlikely to be anybody else's argument. */
    private static final String NAP = "86371.25";

    @TempDir
    Path home;

    private Examples agent() {
        return Examples.agent("cls", home).readyAfter(Duration.ofMillis(10)).stopWithin(Duration.ofMillis(300));
    }

    private void stopsAll(String script) throws Exception {
        try (var node = TestNode.begin(home, agent().shell(script))) {
            node.awaitLog("cls", "ready");
            node.await("cls", "up");
            Await.until("its children sleep", () -> !node.sleepers(NAP).isEmpty());

            var status = node.stop("cls").getFirst();

            assertThat(status.state()).isEqualTo("stopped");
            assertThat(status.incidents()).isEmpty();
            assertThat(node.sleepers(NAP)).isEmpty();
        }
    }

    @Test
    void one_that_obeys() throws Exception {
        stopsAll("echo ready; exec sleep " + NAP);
    }

    @Test
    void one_that_ignores_the_signal() throws Exception {
        stopsAll("trap '' TERM; sleep " + NAP + " & echo ready; while :; do wait; done");
    }

    @Test
    void one_with_children_in_its_session() throws Exception {
        stopsAll("sleep " + NAP + " & sleep " + NAP + " & echo ready; wait");
    }

    @Test
    void one_whose_child_left_the_session() throws Exception {
        stopsAll("setsid sleep " + NAP + " & sleep 0.1; echo ready; exec sleep 1000");
    }

    @Test
    void one_whose_child_left_the_session_and_closed_the_life_lock() throws Exception {
        stopsAll("setsid sleep " + NAP + " 3>&- & sleep 0.1; echo ready; exec sleep 1000");
    }

    @Test
    void one_whose_child_forked_away_and_wiped_its_environment() throws Exception {
        stopsAll("(setsid env -i sleep " + NAP + " &); sleep 0.1; echo ready; exec sleep 1000");
    }

    @Test
    void one_whose_child_left_no_trace_but_its_descent() throws Exception {
        stopsAll("(exec 3>&-; exec setsid env -i sleep " + NAP + ") & sleep 0.1; echo ready; exec sleep 1000");
    }

    @Test
    void one_that_was_not_ready_in_time_with_all_its_children() throws Exception {
        var late = agent().ready(new Ready.LogLine(Pattern.compile("never"), Duration.ofMillis(200)))
                .backoff(Duration.ofMinutes(1), Duration.ofMinutes(1))
                .shell("sh -c \"trap '' TERM; sleep " + NAP + "; :\" & exec sleep 1000");
        try (var node = TestNode.begin(home, late)) {
            node.await("cls", "backing_off");
            assertThat(node.sleepers(NAP)).isEmpty();
        }
    }

    @Test
    void one_that_is_frozen_hears_the_signal() throws Exception {
        try (var node = TestNode.begin(
                home,
                agent().stopWithin(Duration.ofSeconds(20))
                        .shell("trap 'echo heard; exit 0' TERM; echo ready; while :; do sleep 0.05; done"))) {
            node.awaitLog("cls", "ready");
            node.supervisor.signal("cls", Signal.STOP);

            node.stop("cls");

            assertThat(node.log("cls")).contains("heard");
        }
    }

    @Test
    void what_is_left_of_a_killed_incarnation_is_ended_before_the_next_one_runs() throws Exception {
        var script = "sleep " + NAP + " & echo born; wait";
        try (var node = TestNode.begin(home, agent().shell(script))) {
            node.await("cls", "up");
            Await.until("a sleeper", () -> node.sleepers(NAP).size() == 1);
            var left = node.sleepers(NAP);

            node.supervisor.signal("cls", Signal.KILL);

            Await.until("the next incarnation", () -> node.log("cls").equals("born\nborn\n"));
            Await.until("one sleeper", () -> node.sleepers(NAP).size() == 1);
            assertThat(node.sleepers(NAP)).doesNotContainAnyElementsOf(left);
        }
    }

    @Test
    void a_stray_without_lock_is_ended_behind_the_next_incarnation() throws Exception {
        var script = "[ -e once ] || { touch once; setsid sleep " + NAP
                + " 3>&- & sleep 0.1; }; echo ready; exec sleep 1000";
        try (var node = TestNode.begin(home, agent().shell(script))) {
            node.awaitLog("cls", "ready");
            node.await("cls", "up");
            Await.until("the stray sleeps", () -> !node.sleepers(NAP).isEmpty());

            node.supervisor.signal("cls", Signal.KILL);

            Await.until("no stray", () -> node.sleepers(NAP).isEmpty());
            node.await("cls", "up");
        }
    }

    @Test
    void leftovers_that_are_to_be_kept_are_kept() throws Exception {
        var script = "[ -e once ] || { touch once; setsid sleep " + NAP + " & }; echo ready; exec sleep 1000";
        try (var node = TestNode.begin(home, agent().keepLeftovers().shell(script))) {
            node.awaitLog("cls", "ready");
            node.await("cls", "up");
            Await.until("its child sleeps", () -> node.sleepers(NAP).size() == 1);
            var kept = node.sleepers(NAP);
            try {
                node.supervisor.signal("cls", Signal.KILL);

                Await.until("the next incarnation", () -> node.log("cls").equals("ready\nready\n"));
                assertThat(node.sleepers(NAP)).isEqualTo(kept);
            } finally {
                ProcessHandle.of(kept.getFirst()).orElseThrow().destroyForcibly();
            }
        }
    }

    @Test
    void what_was_stopped_stays_stopped_over_a_restart_of_the_daemon() throws Exception {
        try (var node = TestNode.begin(home, agent())) {
            node.await("cls", "up");
            node.stop("cls");
            node.leave();
        }
        try (var node = TestNode.begin(home, agent())) {
            assertThat(node.state("cls")).isEqualTo("stopped");
            node.start("cls");
            node.await("cls", "up");
        }
    }

    @Test
    void somebody_who_is_not_there_cannot_be_stopped() throws Exception {
        try (var node = TestNode.begin(home, agent())) {
            assertThatThrownBy(() -> node.stop("clc"))
                    .isInstanceOf(UnknownAgent.class)
                    .hasMessageContaining("cls");
        }
    }

    @Test
    void down_is_not_remembered() throws Exception {
        TestNode.begin(home, agent()).close();
        try (var node = TestNode.begin(home, agent())) {
            node.await("cls", "up");
            assertThat(Files.exists(home.resolve("run/cls.life"))).isTrue();
        }
    }
}
