package dev.steward.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExitStatusTest {
    @Property
    void every_exit_status_is_read(@ForAll @IntRange(max = 255) int status) {
        assertThat(ExitStatus.ofWaitStatus(status << 8)).isEqualTo(new ExitStatus.Exited(status));
    }

    @Property
    void every_signal_is_read_with_or_without_a_core(
            @ForAll @IntRange(min = 1, max = 64) int signal, @ForAll boolean core) {
        assertThat(ExitStatus.ofWaitStatus(signal | (core ? 0x80 : 0)))
                .isEqualTo(new ExitStatus.Signalled(signal, core));
    }

    @Test
    void people_read_a_number_a_name_or_that_it_is_unknown() {
        assertThat(new ExitStatus.Exited(3)).hasToString("exit status 3");
        assertThat(new ExitStatus.Signalled(9, false)).hasToString("SIGKILL");
        assertThat(new ExitStatus.Signalled(11, true)).hasToString("SIGSEGV (core dumped)");
        assertThat(new ExitStatus.Signalled(34, false)).hasToString("signal 34");
        assertThat(new ExitStatus.Unknown()).hasToString("exit status unknown");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 255})
    void a_real_process_ends_with_its_status(int status, @TempDir Path folder) throws Exception {
        try (var node = new TestPosix(folder)) {
            var child = node.spawn("/bin/sh", "-c", "exit " + status);
            assertThat(node.end(child)).isEqualTo(new ExitStatus.Exited(status));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "KILL", "INT", "HUP", "USR1", "PIPE"})
    void a_real_process_is_ended_by_a_signal_that_nothing_blocks(String name, @TempDir Path folder) throws Exception {
        var signal = Signal.parse(name).orElseThrow();
        try (var node = new TestPosix(folder)) {
            var child = node.spawn("/bin/sleep", "1000");
            child.signal(signal);
            assertThat(node.end(child)).isEqualTo(new ExitStatus.Signalled(signal.number(), false));
        }
    }
}
