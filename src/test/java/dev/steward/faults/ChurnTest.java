package dev.steward.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.audit.AuditVerifier;
import dev.steward.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The daemon is killed at random moments, while agents are killed, started, stopped and reconfigured: at the end those run that are
 * wanted, once each. {@code -Dsteward.seed} repeats a life, as far as the machine's timing lets it; {@code -Dsteward.rounds} makes it longer.
 */
@EnabledOnOs(OS.LINUX)
class ChurnTest {
    @TempDir
    Path home;

    @BeforeEach
    void perlIsHere() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/perl")), "perl is here");
    }

    @Test
    void a_daemon_that_is_killed_over_and_over_loses_nothing_and_doubles_nothing() throws Exception {
        live(Integer.getInteger("steward.rounds", 20));
    }

    @Test
    @Tag("long")
    void nor_does_one_that_is_killed_two_hundred_times() throws Exception {
        live(200);
    }

    private void live(int rounds) throws Exception {
        var seed = Long.getLong("steward.seed", RandomGenerator.getDefault().nextLong());
        try {
            live(rounds, seed);
        } catch (Exception | AssertionError e) {
            throw new AssertionError("with -Dsteward.seed=" + seed, e);
        }
    }

    private void live(int rounds, long seed) throws Exception {
        try (var node = new LiveNode(home.toRealPath());
                var churn = new Churn(node, new Cast(node.home), seed)) {
            var cast = new Cast(node.home);
            for (var round = 1; round <= rounds; round++) {
                churn.round();
                assertThat(cast.second()).as("ran twice by round %s", round).isEmpty();
            }
            node.up();
            for (var name : Cast.names()) {
                churn.asked()
                        .getOrDefault(name, Optional.empty())
                        .ifPresent(asked -> assertThat(
                                        node.agent(name).get("asked").asString())
                                .as("asked of %s", name)
                                .isEqualTo(asked));
            }
            Await.until("all is as wanted", () -> isAsWanted(node, cast));
            assertThat(cast.mains("extra")).hasSize(churn.extra() ? 1 : 0);
            assertThat(cast.second()).as("ran twice").isEmpty();
            Await.until("the daemon buries its dead", () -> Machine.zombiesOf(node.pid()) == 0);
            assertThat(AuditVerifier.verify(node.home.resolve("audit.jsonl")))
                    .isInstanceOf(AuditVerifier.Verdict.Intact.class);
            node.down();
            Await.until(
                    "nothing is left", () -> Machine.with(node.home.toString()).isEmpty());
        }
    }

    private static boolean isAsWanted(LiveNode node, Cast cast) throws IOException {
        for (var agent : node.status().get("agents")) {
            var name = agent.get("name").asString();
            var state = agent.get("state").asString();
            var runs = state.equals("up");
            var asWanted = switch (name) {
                case "short", "failing" -> true;
                case "job" -> state.equals("ended") || state.equals("stopped");
                case "dormant" -> runs == agent.get("asked").asString("").equals("start");
                case "extra" -> runs;
                case "needy", "needier" -> runs || state.equals("starting") || state.equals("stopped");
                default -> runs != agent.get("asked").asString("").equals("stop");
            };
            var mains = cast.mains(name);
            var children = cast.children(name);
            if (!asWanted || (runs && mains.size() != 1) || (state.equals("stopped") && !mains.isEmpty())) {
                return false;
            }
            if (!runs && !name.equals("keeper") && !children.isEmpty()) {
                return false;
            }
        }
        return true;
    }
}
