package dev.steward.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.config.KeepAlive;
import dev.steward.config.Need;
import dev.steward.config.Need.Condition;
import dev.steward.posix.Signal;
import dev.steward.supervise.Supervisor.Reconfigured;
import dev.steward.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An edited configuration touches the agents whose sections changed, and no others. */
class ReconfigureTest {
    private static final String NAP = "86374.25";

    @TempDir
    Path home;

    private Examples agent(String name) {
        return Examples.agent(name, home)
                .readyAfter(Duration.ofMillis(10))
                .stopWithin(Duration.ofSeconds(5))
                .shell("exec sleep " + NAP);
    }

    private Reconfigured take(TestNode node, Examples... agents) {
        return node.supervisor.reconfigure(TestNode.configuration(home, agents));
    }

    private static List<String> names(TestNode node) {
        return node.supervisor.status().stream().map(AgentStatus::name).toList();
    }

    @Test
    void the_same_configuration_changes_nothing() throws Exception {
        try (var node = TestNode.begin(home, agent("cls"), agent("clc"))) {
            node.await("cls", "up");
            var pid = node.pid("cls");
            assertThat(take(node, agent("cls"), agent("clc")).nothing()).isTrue();
            assertThat(node.pid("cls")).isEqualTo(pid);
        }
    }

    @Test
    void one_that_is_added_starts_and_the_others_keep_their_pids() throws Exception {
        try (var node = TestNode.begin(home, agent("cls"))) {
            node.await("cls", "up");
            var pid = node.pid("cls");

            assertThat(take(node, agent("clc"), agent("cls")))
                    .isEqualTo(new Reconfigured(List.of("clc"), List.of(), List.of(), List.of()));

            node.await("clc", "up");
            assertThat(node.pid("cls")).isEqualTo(pid);
            assertThat(names(node)).as("in the order of the file").containsExactly("clc", "cls");
        }
    }

    @Test
    void one_that_is_added_without_autostart_waits_for_somebody() throws Exception {
        try (var node = TestNode.begin(home, agent("cls"))) {
            take(node, agent("cls"), agent("clc").byHand());
            assertThat(node.state("clc")).isEqualTo("stopped");
            node.start("clc");
            assertThat(node.state("clc")).isEqualTo("up");
        }
    }

    @Test
    void one_that_is_removed_is_stopped_and_forgotten() throws Exception {
        try (var node = TestNode.begin(home, agent("cls"), agent("clc"))) {
            node.await("clc", "up");

            assertThat(take(node, agent("cls")))
                    .isEqualTo(new Reconfigured(List.of(), List.of("clc"), List.of(), List.of()));

            Await.until("it is gone", () -> names(node).equals(List.of("cls")));
            Await.until("one sleeper", () -> node.sleepers(NAP).size() == 1);
            node.journal.sync().join();
            assertThat(node.store.agents()).noneMatch(row -> row.name().equals("clc"));
        }
    }

    @Test
    void another_command_makes_a_new_process() throws Exception {
        try (var node = TestNode.begin(home, agent("cls"))) {
            node.await("cls", "up");
            var pid = node.pid("cls");

            assertThat(take(node, agent("cls").exec("/bin/sleep", "1000")).replaced())
                    .containsExactly("cls");

            Await.until("a new process", () -> node.state("cls").equals("up") && node.pid("cls") != pid);
            assertThat(node.sleepers(NAP)).isEmpty();
            assertThat(node.status("cls").restarts()).as("nobody's fault").isZero();
        }
    }

    @Test
    void another_environment_makes_a_new_process() throws Exception {
        try (var node = TestNode.begin(home, agent("cls").env("A", "1"))) {
            node.await("cls", "up");
            var pid = node.pid("cls");
            assertThat(take(node, agent("cls").env("A", "2")).replaced()).containsExactly("cls");
            Await.until("a new process", () -> node.state("cls").equals("up") && node.pid("cls") != pid);
            assertThat(node.environment("cls")).containsEntry("A", "2");
        }
    }

    @Test
    void new_rules_hold_at_once_for_the_old_process() throws Exception {
        try (var node = TestNode.begin(home, agent("cls"))) {
            node.await("cls", "up");
            var pid = node.pid("cls");

            assertThat(take(node, agent("cls").keepAlive(KeepAlive.NEVER)).adjusted())
                    .containsExactly("cls");

            assertThat(node.pid("cls")).isEqualTo(pid);
            node.supervisor.signal("cls", Signal.KILL);
            assertThat(node.await("cls", "ended").lastExit()).contains("SIGKILL");
        }
    }

    @Test
    void one_that_is_removed_and_added_again_before_it_has_gone_runs() throws Exception {
        var slow = agent("cls").shell("trap 'sleep 0.2; exit 0' TERM; echo ready; while :; do sleep 0.02; done");
        try (var node = TestNode.begin(home, slow)) {
            node.await("cls", "up");
            node.awaitLog("cls", "ready");
            take(node);
            assertThat(node.state("cls")).isEqualTo("stopping");

            assertThat(take(node, slow).added()).containsExactly("cls");

            Await.until(
                    "a second one",
                    () -> node.log("cls")
                                    .lines()
                                    .filter(line -> line.equals("ready"))
                                    .count()
                            == 2);
            node.await("cls", "up");
        }
    }

    @Test
    void one_that_is_being_stopped_removed_and_added_again_stays_stopped() throws Exception {
        var slow = agent("cls").shell("trap 'sleep 0.2; exit 0' TERM; echo ready; while :; do sleep 0.02; done");
        try (var node = TestNode.begin(home, slow)) {
            node.awaitLog("cls", "ready");
            var stop = node.supervisor.stop(List.of("cls"));
            take(node);
            take(node, slow);
            assertThat(stop.get(20, TimeUnit.SECONDS))
                    .extracting(AgentStatus::state)
                    .containsExactly("stopped");
            assertThat(names(node)).containsExactly("cls");
        }
    }

    @Test
    void one_that_is_removed_and_added_again_later_starts_afresh() throws Exception {
        try (var node = TestNode.begin(home, agent("cls"))) {
            node.stop("cls");
            take(node);
            Await.until("it is gone", () -> names(node).isEmpty());

            assertThat(take(node, agent("cls")).added()).containsExactly("cls");

            node.await("cls", "up");
            assertThat(node.status("cls").asked()).isEmpty();
        }
    }

    @Test
    void one_that_is_stopped_stays_so_and_runs_by_the_new_section_when_it_is_started() throws Exception {
        try (var node = TestNode.begin(home, agent("cls"))) {
            node.stop("cls");

            assertThat(take(node, agent("cls").exec("/bin/sleep", "1000")).adjusted())
                    .containsExactly("cls");

            assertThat(node.state("cls")).isEqualTo("stopped");
            node.start("cls");
            assertThat(node.state("cls")).isEqualTo("up");
            assertThat(node.sleepers(NAP)).isEmpty();
        }
    }

    @Test
    void one_that_could_not_start_is_tried_at_once_by_the_mended_section() throws Exception {
        try (var node = TestNode.begin(home, agent("cls").exec("./missing"))) {
            node.await("cls", "failed");
            assertThat(take(node, agent("cls")).replaced()).containsExactly("cls");
            assertThat(node.await("cls", "up").incidents()).isEmpty();
        }
    }

    @Test
    void one_that_backs_off_is_tried_at_once_by_the_mended_section() throws Exception {
        var crashing = agent("cls").shell("exit 1").backoff(Duration.ofMinutes(5), Duration.ofMinutes(5));
        try (var node = TestNode.begin(home, crashing)) {
            node.await("cls", "backing_off");
            take(node, agent("cls"));
            node.await("cls", "up");
        }
    }

    @Test
    void a_replaced_need_takes_its_dependents_down_and_up_around_it() throws Exception {
        var web = agent("web").needs(new Need("db", Condition.READY));
        try (var node = TestNode.begin(home, agent("db"), web)) {
            node.await("web", "up");
            var pid = node.pid("web");

            assertThat(take(node, agent("db").exec("/bin/sleep", "1000"), web).replaced())
                    .containsExactly("db");

            Await.until("web came back", () -> node.state("web").equals("up") && node.pid("web") != pid);
            assertThat(node.state("db")).isEqualTo("up");
        }
    }

    @Test
    void a_need_that_is_removed_with_the_mention_of_it_goes_and_its_dependent_stays() throws Exception {
        try (var node = TestNode.begin(home, agent("db"), agent("web").needs(new Need("db", Condition.READY)))) {
            node.await("web", "up");
            var pid = node.pid("web");
            assertThat(take(node, agent("web")))
                    .isEqualTo(new Reconfigured(List.of(), List.of("db"), List.of(), List.of("web")));
            Await.until("db is gone", () -> names(node).equals(List.of("web")));
            assertThat(node.pid("web")).isEqualTo(pid);
        }
    }

    @Test
    void an_added_one_does_not_start_what_somebody_stopped() throws Exception {
        try (var node = TestNode.begin(home, agent("db"))) {
            node.stop("db");
            take(node, agent("db"), agent("web").needs(new Need("db", Condition.READY)));
            Await.until("web waits", () -> node.status("web").reason().equals("waits for db"));
            assertThat(node.state("db")).isEqualTo("stopped");
        }
    }

    @Test
    void an_added_one_without_autostart_starts_nothing() throws Exception {
        try (var node = TestNode.begin(home, agent("db").byHand())) {
            take(node, agent("db").byHand(), agent("web").byHand().needs(new Need("db", Condition.READY)));
            assertThat(node.supervisor.status()).extracting(AgentStatus::state).containsOnly("stopped");
        }
    }

    @Test
    void an_added_one_does_not_repeat_what_is_done() throws Exception {
        var migrate = agent("migrate").keepAlive(KeepAlive.NEVER).shell("echo ran >> ran");
        try (var node = TestNode.begin(home, migrate)) {
            node.await("migrate", "ended");
            take(node, migrate, agent("web").needs(new Need("migrate", Condition.DONE)));
            node.await("web", "up");
            assertThat(Files.readAllLines(home.resolve("ran"))).hasSize(1);
        }
    }
}
