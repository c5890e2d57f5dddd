package dev.steward.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Two hundred agents at once. */
@EnabledOnOs(OS.LINUX)
class ManyTest {
    private static final int MANY = 200;
    private static final String NAP = "86375.25";

    @TempDir
    Path home;

    private Examples[] agents() {
        return IntStream.range(0, MANY)
                .mapToObj(number -> Examples.agent("agent-" + number, home)
                        .readyAfter(Duration.ofMillis(10))
                        .shell("exec sleep " + NAP))
                .toArray(Examples[]::new);
    }

    private static boolean allUp(TestNode node) {
        return node.supervisor.status().stream().allMatch(AgentStatus::isUp);
    }

    private static long descriptors() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    @Test
    void all_run_all_come_back_once_when_all_are_killed_and_all_stop() throws Exception {
        try (var node = TestNode.begin(home, agents())) {
            Await.until("all are up", () -> allUp(node));
            Await.until("all sleep", () -> node.sleepers(NAP).size() == MANY);
            var first = new HashSet<>(node.sleepers(NAP));

            first.forEach(pid -> ProcessHandle.of(pid).orElseThrow().destroyForcibly());

            Await.until(
                    "all are back",
                    () -> allUp(node) && node.supervisor.status().stream().allMatch(status -> status.restarts() == 1));
            Await.until("all sleep", () -> node.sleepers(NAP).size() == MANY);
            assertThat(node.sleepers(NAP)).doesNotContainAnyElementsOf(first);
            assertThat(node.supervisor.status()).allSatisfy(status -> {
                assertThat(status.failures()).isZero();
                assertThat(status.lastExit()).contains("SIGKILL");
            });

            var before = System.nanoTime();
            node.supervisor.down().get(20, TimeUnit.SECONDS);

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
            assertThat(node.sleepers(NAP)).isEmpty();
        }
    }

    @Test
    void none_of_them_leaves_a_file_open() throws Exception {
        TestNode.begin(home, agents()).close();
        var before = descriptors();
        for (var round = 0; round < 2; round++) {
            try (var node = TestNode.begin(home, agents())) {
                Await.until("all are up", () -> allUp(node));
                assertThat(descriptors()).isGreaterThanOrEqualTo(before + MANY);
            }
        }
        Await.until("as many as before", () -> descriptors() <= before);
    }

    @Test
    void all_are_adopted_with_their_pids() throws Exception {
        var first = TestNode.begin(home, agents());
        Await.until("all are up", () -> allUp(first) && first.sleepers(NAP).size() == MANY);
        var pids = first.sleepers(NAP);
        first.leave();
        try (var node = TestNode.begin(home, agents())) {
            Await.until("all are up", () -> allUp(node));
            assertThat(node.sleepers(NAP))
                    .containsExactlyInAnyOrderElementsOf(pids)
                    .hasSize(MANY);
        }
    }
}
