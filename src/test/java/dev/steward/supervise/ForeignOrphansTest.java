package dev.steward.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.posix.Signal;
import dev.steward.testing.Await;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Processes that became children of the daemon and are no agent's. */
@EnabledOnOs(OS.LINUX)
class ForeignOrphansTest {
    private static final String NOBODYS = "86376.41";
    private static final String HANDLERS = "86376.42";

    @TempDir
    Path home;

    @Test
    void one_of_which_nothing_tells_is_told_of_and_a_handler_of_a_work_order_is_not() throws Exception {
        // Both leave session, lock, environment and parent behind.
        var agent = Examples.agent("cls", home)
                .shell("for who in 'HOW=" + NOBODYS + "' 'STEWARD_WORKER=" + HANDLERS + "'; do"
                        + " (env -i \"$who\" setsid sleep ${who#*=} 3>&- &); done; exec sleep 1000");
        try (var node = TestNode.begin(home, agent)) {
            Await.until(
                    "two sleepers",
                    () -> node.sleepers(NOBODYS).size() == 1
                            && node.sleepers(HANDLERS).size() == 1);
            var nobodys = node.sleepers(NOBODYS);
            var handlers = node.sleepers(HANDLERS);
            try {
                node.stop("cls");

                assertThat(node.supervisor.unownedOrphans()).isEqualTo(nobodys);
                assertThat(node.sleepers(HANDLERS)).isEqualTo(handlers);
            } finally {
                kill(node, nobodys);
                kill(node, handlers);
            }
        }
    }

    private static void kill(TestNode node, List<Long> pids) {
        pids.forEach(pid -> node.posix.signals().group(pid, Signal.KILL));
    }
}
