package dev.steward.posix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that somebody else is parent of, as agents are to a daemon that adopts them. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class AdoptedTest {
    private static final int LONG = (int) Duration.ofSeconds(30).toMillis();

    /** Ends itself as it is told in a file. */
    private static final String CHILD =
            "(until [ -s how ]; do sleep 0.01; done; eval \"$(cat how)\") & child=$!; echo $child; ";

    private static final String LETS_IT_BE_A_ZOMBIE = CHILD + "exec sleep 1000";
    private static final String WAITS_FOR_IT = CHILD + "wait $child; echo waited; exec sleep 1000";

    @TempDir
    Path folder;

    private Watched adopted(TestPosix node, String parent) throws Exception {
        node.spawn(Map.of("PATH", "/usr/bin:/bin"), "/bin/sh", "-c", parent);
        Await.until("a pid", () -> node.written().endsWith("\n"));
        var pid = Long.parseLong(node.written().strip());
        var identity = node.posix.processes().identify(pid).orElseThrow();
        var adopted = node.posix.poller().adopt(identity).orElseThrow();
        assertThat(adopted.ended()).isEmpty();
        assertThat(adopted.alive()).isTrue();
        return adopted;
    }

    private void tell(String how) throws Exception {
        var written = Files.writeString(folder.resolve("new"), how);
        Files.move(written, folder.resolve("how"));
    }

    private static ExitStatus expected(String how) {
        return how.startsWith("kill")
                ? new ExitStatus.Signalled(9, false)
                : new ExitStatus.Exited(Integer.parseInt(how.substring("exit ".length())));
    }

    private static final String KILL = "kill -9 $(cut -d ' ' -f 4 /proc/self/stat)";

    @ParameterizedTest
    @ValueSource(strings = {"exit 7", "exit 0", KILL})
    void how_it_ended_is_known_while_its_parent_has_not_waited_for_it(String how) throws Exception {
        try (var node = new TestPosix(folder)) {
            var adopted = adopted(node, LETS_IT_BE_A_ZOMBIE);
            tell(how);

            assertThat(node.posix.poller().await(LONG)).containsExactly(adopted);

            assertThat(adopted.ended()).contains(expected(how));
            assertThat(adopted.ended()).contains(expected(how));
            adopted.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit 7", "exit 0", KILL})
    void how_it_ended_is_known_afterwards_too_if_the_kernel_tells_and_never_waited_for(String how) throws Exception {
        try (var node = new TestPosix(folder)) {
            var adopted = adopted(node, WAITS_FOR_IT);
            tell(how);
            Await.until("its parent has waited for it", () -> node.written().contains("waited"));

            assertThat(node.posix.poller().await(LONG)).containsExactly(adopted);

            assertThat(adopted.ended()).contains(kernelTells() ? expected(how) : new ExitStatus.Unknown());
            assertThat(adopted.alive()).isFalse();
            adopted.close();
        }
    }

    /** From Linux 6.15 on. */
    private static boolean kernelTells() {
        var version = List.of(System.getProperty("os.version").split("[^0-9]+", -1));
        var major = Integer.parseInt(version.get(0));
        return major > 6 || (major == 6 && Integer.parseInt(version.get(1)) >= 15);
    }

    @Test
    void a_signal_to_an_adopted_process_ends_it_and_is_what_it_ended_by() throws Exception {
        try (var node = new TestPosix(folder)) {
            var adopted = adopted(node, LETS_IT_BE_A_ZOMBIE);
            assertThat(adopted.signal(Signal.TERM)).isTrue();

            assertThat(node.posix.poller().await(LONG)).containsExactly(adopted);
            assertThat(adopted.ended()).contains(new ExitStatus.Signalled(Signal.TERM.number(), false));
            adopted.close();
        }
    }

    @Test
    void one_that_is_a_child_of_this_process_is_waited_for() throws Exception {
        try (var node = new TestPosix(folder)) {
            var child = node.spawn("/bin/sleep", "1000");
            var pid = child.pid();
            var identity = node.posix.processes().identify(pid).orElseThrow();
            child.close();
            var adopted = node.posix.poller().adopt(identity).orElseThrow();
            adopted.signal(Signal.KILL);

            assertThat(node.end(adopted)).isEqualTo(new ExitStatus.Signalled(9, false));
            assertThat(node.posix.processes().find(pid)).isEmpty();
        }
    }
}
