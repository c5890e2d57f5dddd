package dev.steward.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.config.KeepAlive;
import dev.steward.config.Need;
import dev.steward.config.Need.Condition;
import dev.steward.config.Ready;
import dev.steward.posix.Signal;
import dev.steward.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents that need others start after them, stop before them, and come back with them. */
class NeedsOfAgentsTest {
    @TempDir
    Path home;

    private Examples agent(String name, String... needs) {
        var all = List.of(needs).stream()
                .map(need -> new Need(need, Condition.READY))
                .toArray(Need[]::new);
        return script(name, "").needs(all);
    }

    /** Writes its start and its stop to one file, so that their order can be read. */
    private Examples script(String name, String before) {
        return Examples.agent(name, home)
                .readyAfter(Duration.ofMillis(10))
                .stopWithin(Duration.ofSeconds(10))
                .shell("trap 'echo " + name + " stops >> order; kill $!; exit 0' TERM; " + before + " echo " + name
                        + " starts >> order; echo ready > " + name + ".ready; sleep 1000 & wait; wait")
                .ready(new Ready.FileWritten(home.resolve(name + ".ready"), Duration.ofSeconds(30)));
    }

    private Examples migration(String script) {
        return Examples.agent("migrate", home)
                .keepAlive(KeepAlive.NEVER)
                .readyAfter(Duration.ofMinutes(1))
                .shell(script);
    }

    private Examples afterTheMigration() {
        return agent("web").needs(new Need("migrate", Condition.DONE));
    }

    private List<String> order() throws Exception {
        return Files.readAllLines(home.resolve("order"));
    }

    private void awaitAllUp(TestNode node) throws Exception {
        Await.until("all are up", () -> node.supervisor.status().stream().allMatch(AgentStatus::isUp));
    }

    @Test
    void they_start_after_what_they_need_in_whatever_order_they_are_configured() throws Exception {
        try (var node = TestNode.begin(home, agent("web", "app"), agent("app", "db"), agent("db"))) {
            awaitAllUp(node);
            assertThat(order()).containsExactly("db starts", "app starts", "web starts");
        }
    }

    @Test
    void they_wait_for_what_is_not_ready_and_say_so() throws Exception {
        var slow = script("db", "while ! [ -e go ]; do sleep 0.01; done;");
        try (var node = TestNode.begin(home, agent("web", "db"), slow)) {
            node.await("db", "starting");
            assertThat(node.status("web").state()).isEqualTo("starting");
            assertThat(node.status("web").reason()).isEqualTo("waits for db");
            assertThat(node.status("web").process()).isEmpty();

            Files.createFile(home.resolve("go"));

            awaitAllUp(node);
            assertThat(order()).containsExactly("db starts", "web starts");
        }
    }

    @Test
    void down_stops_them_in_the_reverse_order() throws Exception {
        try (var node = TestNode.begin(home, agent("db"), agent("app", "db"), agent("web", "app"))) {
            awaitAllUp(node);
            Files.delete(home.resolve("order"));

            node.supervisor.down().get(20, TimeUnit.SECONDS);

            assertThat(order()).containsExactly("web stops", "app stops", "db stops");
            assertThat(node.supervisor.status()).extracting(AgentStatus::state).containsOnly("stopped");
        }
    }

    @Test
    void a_stop_of_a_need_lets_its_dependents_step_aside_and_a_start_brings_them_back() throws Exception {
        try (var node = TestNode.begin(home, agent("db"), agent("web", "db"))) {
            awaitAllUp(node);
            Files.delete(home.resolve("order"));

            node.stop("db");

            assertThat(node.state("db")).isEqualTo("stopped");
            assertThat(node.state("web")).isEqualTo("starting");
            assertThat(node.status("web").reason()).isEqualTo("waits for db");
            assertThat(order()).containsExactly("web stops", "db stops");
            assertThat(node.status("web").asked())
                    .as("nobody asked web to stop")
                    .isEmpty();

            node.start("db");

            awaitAllUp(node);
            assertThat(order()).containsExactly("web stops", "db stops", "db starts", "web starts");
        }
    }

    @Test
    void a_start_takes_what_is_needed_with_it_though_somebody_had_stopped_it() throws Exception {
        try (var node = TestNode.begin(home, agent("db"), agent("web", "db"))) {
            awaitAllUp(node);
            node.stop("web", "db");
            assertThat(node.supervisor.status()).extracting(AgentStatus::state).containsOnly("stopped");

            var statuses = node.start("web");

            assertThat(statuses)
                    .singleElement()
                    .satisfies(web -> assertThat(web.state()).isEqualTo("up"));
            assertThat(node.state("db")).isEqualTo("up");
        }
    }

    @Test
    void a_crash_of_a_need_does_not_touch_its_dependents() throws Exception {
        try (var node = TestNode.begin(home, agent("db"), agent("web", "db"))) {
            awaitAllUp(node);
            var db = node.pid("db");
            var web = node.pid("web");

            node.supervisor.signal("db", Signal.KILL);

            Await.until(
                    "db is back",
                    () -> node.status("db").restarts() == 1 && node.state("db").equals("up"));
            assertThat(node.pid("db")).isNotEqualTo(db);
            assertThat(node.pid("web")).isEqualTo(web);
            assertThat(node.status("web").restarts()).isZero();
        }
    }

    @Test
    void two_that_die_together_come_back_in_their_order() throws Exception {
        try (var node = TestNode.begin(home, agent("db"), agent("web", "db"))) {
            awaitAllUp(node);
            Files.delete(home.resolve("order"));
            Files.delete(home.resolve("db.ready"));

            node.supervisor.signal("db", Signal.STOP);
            node.supervisor.signal("web", Signal.STOP);
            for (var pid : List.of(node.pid("db"), node.pid("web"))) {
                ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            }

            Await.until(
                    "both are back",
                    () -> node.supervisor.status().stream()
                            .allMatch(status -> status.restarts() == 1 && status.isUp()));
            assertThat(order()).containsExactly("db starts", "web starts");
            assertThat(node.supervisor.status())
                    .extracting(AgentStatus::failures)
                    .containsOnly(0L);
        }
    }

    @Test
    void a_restart_of_a_need_takes_its_dependents_down_and_up_around_it() throws Exception {
        try (var node = TestNode.begin(home, agent("db"), agent("web", "db"))) {
            awaitAllUp(node);
            Files.delete(home.resolve("order"));

            node.restart("db");

            awaitAllUp(node);
            assertThat(order()).containsExactly("web stops", "db stops", "db starts", "web starts");
        }
    }

    @Test
    void a_restart_of_a_dependent_does_not_touch_its_need() throws Exception {
        try (var node = TestNode.begin(home, agent("db"), agent("web", "db"))) {
            awaitAllUp(node);
            var db = node.pid("db");
            node.restart("web");
            assertThat(node.pid("db")).isEqualTo(db);
            assertThat(order()).endsWith("web stops", "web starts");
        }
    }

    @Test
    void what_needs_a_migration_starts_when_it_has_ended_well() throws Exception {
        try (var node = TestNode.begin(home, afterTheMigration(), migration("echo migrated >> order"))) {
            node.await("web", "up");
            assertThat(node.state("migrate")).isEqualTo("ended");
            assertThat(order()).containsExactly("migrated", "web starts");
        }
    }

    @Test
    void a_migration_that_fails_keeps_them_waiting_until_it_works() throws Exception {
        try (var node = TestNode.begin(home, afterTheMigration(), migration("[ -e fixed ]"))) {
            assertThat(node.await("migrate", "ended").incidents()).containsExactly("ended-badly");
            assertThat(node.status("web").state()).isEqualTo("starting");
            assertThat(node.status("web").reason()).isEqualTo("waits for migrate");
            assertThat(node.status("web").process()).isEmpty();

            Files.createFile(home.resolve("fixed"));
            node.start("migrate");

            node.await("web", "up");
            assertThat(node.status("migrate").incidents()).isEmpty();
        }
    }

    @Test
    void a_start_of_what_needs_a_migration_does_not_repeat_it() throws Exception {
        try (var node = TestNode.begin(home, afterTheMigration(), migration("echo migrated >> order"))) {
            node.await("web", "up");
            node.stop("web");
            node.start("web");
            assertThat(node.state("web")).isEqualTo("up");
            assertThat(order()).containsExactly("migrated", "web starts", "web stops", "web starts");
        }
    }

    @Test
    void one_that_backs_off_waits_when_what_it_needs_is_stopped() throws Exception {
        var failing = Examples.agent("web", home)
                .shell("exit 1")
                .backoff(Duration.ofMinutes(1), Duration.ofMinutes(1))
                .needs(new Need("db", Condition.READY));
        try (var node = TestNode.begin(home, agent("db"), failing)) {
            node.await("web", "backing_off");
            node.stop("db");
            assertThat(node.status("web").state()).isEqualTo("starting");
            assertThat(node.status("web").reason()).isEqualTo("waits for db");
        }
    }

    @Test
    void who_changes_their_mind_about_a_stop_has_both_wishes_answered() throws Exception {
        var stubborn = script("web", "")
                .shell("trap '' TERM; echo ready > web.ready; while :; do sleep 0.02; done")
                .needs(new Need("db", Condition.READY))
                .stopWithin(Duration.ofMillis(500));
        try (var node = TestNode.begin(home, agent("db"), stubborn)) {
            awaitAllUp(node);
            var db = node.pid("db");

            var stop = node.supervisor.stop(List.of("db"));
            node.start("db");

            stop.get(20, TimeUnit.SECONDS);
            awaitAllUp(node);
            assertThat(node.pid("db")).as("it was not stopped yet").isEqualTo(db);
        }
    }
}
