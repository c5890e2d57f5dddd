package dev.steward.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.config.KeepAlive;
import dev.steward.config.Need;
import dev.steward.config.Need.Condition;
import dev.steward.store.AgentRow.Asked;
import dev.steward.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person asked for counts more than autostart, until they ask for something else. */
class AskedTest {
    @TempDir
    Path home;

    private Examples agent(String name) {
        return Examples.agent(name, home).readyAfter(Duration.ofMillis(10)).exec("/bin/sleep", "1000");
    }

    @Test
    void one_that_is_started_by_hand_only_stays_stopped_until_it_is() throws Exception {
        try (var node = TestNode.begin(home, agent("cls").byHand(), agent("clc"))) {
            node.await("clc", "up");
            assertThat(node.state("cls")).isEqualTo("stopped");
            assertThat(node.status("cls").asked()).isEmpty();
            node.start("cls");
            assertThat(node.state("cls")).isEqualTo("up");
            assertThat(node.status("cls").asked()).contains(Asked.START);
        }
    }

    @Test
    void one_that_was_started_by_hand_is_started_by_every_later_daemon() throws Exception {
        try (var node = TestNode.begin(home, agent("cls").byHand())) {
            node.start("cls");
        }
        for (var daemon = 0; daemon < 2; daemon++) {
            try (var node = TestNode.begin(home, agent("cls").byHand())) {
                node.await("cls", "up");
            }
        }
    }

    @Test
    void one_that_was_stopped_stays_stopped_over_two_daemons_and_a_down() throws Exception {
        try (var node = TestNode.begin(home, agent("cls"))) {
            node.await("cls", "up");
            node.stop("cls");
        }
        for (var daemon = 0; daemon < 2; daemon++) {
            try (var node = TestNode.begin(home, agent("cls"), agent("clc"))) {
                node.await("clc", "up");
                assertThat(node.state("cls")).isEqualTo("stopped");
                assertThat(node.status("cls").asked()).contains(Asked.STOP);
            }
        }
    }

    @Test
    void the_last_wish_counts() throws Exception {
        try (var node = TestNode.begin(home, agent("cls"))) {
            node.stop("cls");
            node.start("cls");
            node.stop("cls");
            node.restart("cls");
            node.leave();
        }
        try (var node = TestNode.begin(home, agent("cls"))) {
            node.await("cls", "up");
            assertThat(node.status("cls").asked()).contains(Asked.START);
        }
    }

    @Test
    void a_stop_that_the_daemon_did_not_live_to_see_the_end_of_is_carried_out_by_the_next() throws Exception {
        var stubborn = agent("cls").shell("trap '' TERM; echo ready; while :; do sleep 0.02; done");
        var first = TestNode.begin(home, stubborn.stopWithin(Duration.ofMinutes(1)));
        first.await("cls", "up");
        first.awaitLog("cls", "ready");
        var pid = first.pid("cls");
        var stop = first.supervisor.stop(List.of("cls"));
        first.await("cls", "stopping");
        first.leave();
        assertThat(stop).isNotDone();
        assertThat(ProcessHandle.of(pid)).isPresent();

        try (var node = TestNode.begin(home, stubborn.stopWithin(Duration.ofMillis(200)))) {
            node.await("cls", "stopped");
            assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        }
    }

    @Test
    void what_was_stopped_by_hand_is_not_started_for_one_that_needs_it() throws Exception {
        try (var node = TestNode.begin(home, agent("db"))) {
            node.stop("db");
        }
        try (var node = TestNode.begin(home, agent("db"), agent("web").needs(new Need("db", Condition.READY)))) {
            Await.until("web waits", () -> node.status("web").reason().equals("waits for db"));
            assertThat(node.state("db")).isEqualTo("stopped");
        }
    }

    @Test
    void what_one_that_runs_needs_is_started_though_it_has_no_autostart() throws Exception {
        try (var node =
                TestNode.begin(home, agent("db").byHand(), agent("web").needs(new Need("db", Condition.READY)))) {
            node.await("web", "up");
            assertThat(node.state("db")).isEqualTo("up");
            assertThat(node.status("db").asked()).isEmpty();
        }
    }

    @Test
    void one_that_has_ended_is_not_run_again_by_the_next_daemon() throws Exception {
        var once = agent("cls").keepAlive(KeepAlive.NEVER).shell("echo ran >> ran");
        try (var node = TestNode.begin(home, once)) {
            node.await("cls", "ended");
            node.leave();
        }
        try (var node = TestNode.begin(home, once, agent("clc"))) {
            node.await("clc", "up");
            assertThat(node.state("cls")).isEqualTo("ended");
            assertThat(Files.readAllLines(home.resolve("ran"))).hasSize(1);
            node.start("cls");
            Await.until(
                    "it ran again",
                    () -> Files.readAllLines(home.resolve("ran")).size() == 2);
        }
    }
}
