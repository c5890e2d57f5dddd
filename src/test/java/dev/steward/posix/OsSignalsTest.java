package dev.steward.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.testing.Await;
import dev.steward.testing.Child;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OsSignalsTest {
    /** Hears the signals that a daemon hears, and says so. */
    static final class Hearing {
        private Hearing() {}

        public static void main(String[] arguments) throws Exception {
            for (var signal : List.of(Signal.HUP, Signal.INT, Signal.TERM)) {
                OsSignals.on(signal, () -> System.out.println(signal));
            }
            System.out.println(ProcessHandle.current().pid());
            System.in.read();
        }
    }

    private static void kill(String signal, String pid) throws Exception {
        new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + pid)
                .start()
                .waitFor();
    }

    @Test
    void a_signal_that_is_heard_does_not_end_the_process_however_often_it_comes() throws Exception {
        try (var child = Child.start(Hearing.class, List.of())) {
            var pid = child.line();
            for (var signal : List.of("TERM", "HUP", "INT", "TERM", "TERM")) {
                kill(signal, pid);
                assertThat(child.line()).isEqualTo(signal);
            }
        }
    }

    @Test
    void the_last_who_asks_hears_it() throws Exception {
        var first = new AtomicInteger();
        var second = new AtomicInteger();
        // Ignored by default, so that nothing happens to these tests should it come too early.
        OsSignals.on(Signal.WINCH, first::incrementAndGet);
        OsSignals.on(Signal.WINCH, second::incrementAndGet);

        kill("WINCH", Long.toString(ProcessHandle.current().pid()));

        Await.until("it was heard", () -> second.get() == 1);
        assertThat(first).hasValue(0);
    }

    @ParameterizedTest
    @EnumSource(
            value = Signal.class,
            names = {"KILL", "STOP", "SEGV"})
    void one_that_no_program_or_no_jvm_can_hear_is_refused_by_name(Signal signal) {
        assertThatThrownBy(() -> OsSignals.on(signal, () -> {}))
                .isInstanceOf(UnsupportedSystem.class)
                .hasMessageContaining("SIG" + signal.name());
    }
}
