package dev.steward.orders.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.Change;
import dev.steward.bus.Expected;
import dev.steward.config.Backoff;
import dev.steward.posix.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndingTest {
    private static final Instant NOW = Instant.parse("2025-10-30T05:29:04Z");
    private static final AttemptFiles.Written NOTHING = AttemptFiles.Written.NOTHING;
    private static final AttemptFiles.Written SEVEN = new AttemptFiles.Written(OptionalInt.of(7), false);
    private static final AttemptFiles.Written NEVER = new AttemptFiles.Written(OptionalInt.empty(), true);

    @TempDir
    Path folder;

    @Test
    void what_the_kernel_tells_counts() {
        assertThat(Ending.of(new ExitStatus.Exited(3), NOTHING)).isEqualTo(new End.Exited(3));
        assertThat(Ending.of(new ExitStatus.Signalled(9, false), NOTHING)).isEqualTo(new End.Lost("killed by SIGKILL"));
    }

    @Test
    void where_the_kernel_tells_nothing_what_was_written_down_counts() {
        assertThat(Ending.of(new ExitStatus.Unknown(), SEVEN)).isEqualTo(new End.Exited(7));
        assertThat(Ending.of(new ExitStatus.Signalled(9, false), SEVEN)).isEqualTo(new End.Exited(7));
        assertThat(Ending.unseen(SEVEN, false)).isEqualTo(new End.Exited(7));
        assertThat(Ending.unseen(NOTHING, true)).isInstanceOf(End.Lost.class);
        assertThat(((End.Lost) Ending.unseen(NOTHING, false)).how()).contains("machine");
    }

    @Test
    void one_that_was_never_let_go_did_not_fail() {
        assertThat(Ending.of(new ExitStatus.Exited(75), NEVER)).isInstanceOf(End.Interrupted.class);
        assertThat(Ending.unseen(NEVER, true)).isInstanceOf(End.Interrupted.class);
    }

    @Test
    void a_status_file_says_nothing_unless_it_says_so_exactly() throws IOException {
        var files =
                new AttemptFiles(Files.createDirectories(folder.resolve("work").resolve("WO-1")), 1);
        assertThat(files.written()).isEqualTo(NOTHING);
        for (var text : new String[] {
            "", "running\n", "ended \n", "ended 1234\n", "ended -1\n", "\0\0\0\0\0\0\0\0", "x".repeat(1000)
        }) {
            Files.writeString(files.status(), text);
            assertThat(files.written()).as(text).isEqualTo(NOTHING);
        }
        Files.writeString(files.status(), "ended 7\n\n");
        assertThat(files.written()).isEqualTo(SEVEN);
        Files.writeString(files.status(), "never\ng\n");
        assertThat(files.written()).isEqualTo(NEVER);
        Files.delete(files.status());
        Files.createSymbolicLink(files.status(), Files.writeString(folder.resolve("elsewhere"), "ended 0\n"));
        assertThat(files.written()).isEqualTo(NOTHING);
    }

    @Test
    void reasons_are_for_people() {
        var rules = new Rules(
                Optional.of(Duration.ofMinutes(15)),
                Optional.of(0),
                new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5)));

        assertThat(reason(new End.TimedOut(), rules)).isEqualTo("timed out after 15m");
        assertThat(reason(new End.Exited(137), rules)).isEqualTo("exit status 137 (SIGKILL)");
        assertThat(reason(new End.Exited(127), rules)).isEqualTo("exit status 127 (its program was not found)");
        assertThat(reason(new End.Exited(255), rules)).isEqualTo("exit status 255");
    }

    private static String reason(End end, Rules rules) {
        var account = new Verdict.Account("clc", 1, 0, Duration.ZERO, "", NOW);
        return ((Change.Failed) Verdict.of(end, account, rules, new Expected.Nothing()))
                .result()
                .reason();
    }

    @Test
    void however_often_the_daemon_goes_down_the_order_is_not_dead() {
        var rules =
                new Rules(Optional.empty(), Optional.of(0), new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5)));
        var account = new Verdict.Account("clc", 9, 0, Duration.ZERO, "", NOW);

        var change = (Change.Failed)
                Verdict.of(Why.GOING_DOWN.of(new End.Exited(143)), account, rules, new Expected.Nothing());

        assertThat(change.again()).contains(NOW);
        assertThat(change.interrupted()).isTrue();
        assertThat(Why.GOING_DOWN.of(new End.Exited(0))).isEqualTo(new End.Exited(0));
    }

    @Test
    void retries_and_pauses_go_by_failures_however_many_attempts_were_interrupted() {
        var rules =
                new Rules(Optional.empty(), Optional.of(3), new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5)));

        assertThat(again(40, 0, rules)).contains(NOW.plusSeconds(1));
        assertThat(again(41, 2, rules)).contains(NOW.plusSeconds(4));
        assertThat(again(42, 3, rules)).isEmpty();
    }

    private static Optional<Instant> again(int attempt, int failures, Rules rules) {
        var account = new Verdict.Account("clc", attempt, failures, Duration.ZERO, "", NOW);
        var change = (Change.Failed) Verdict.of(new End.Exited(1), account, rules, new Expected.Nothing());
        assertThat(change.interrupted()).isFalse();
        return change.again();
    }
}
