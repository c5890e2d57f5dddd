package dev.steward.store;

import static dev.steward.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.store.RotationChange.Meaning;
import dev.steward.store.RotationRow.Failing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RotationRowTest {
    private static Optional<RotationRow> after(Meaning... meanings) {
        return after(Optional.empty(), List.of(meanings), 0);
    }

    private static Optional<RotationRow> after(Optional<RotationRow> known, List<Meaning> meanings, int from) {
        var row = known;
        for (var i = 0; i < meanings.size(); i++) {
            row = RotationRow.after(row, change(meanings.get(i), NOON.plusSeconds(from + i)));
        }
        return row;
    }

    private static RotationChange change(Meaning meaning, Instant at) {
        return Samples.change("/logs/a.log", meaning, 1_000, at);
    }

    @Test
    void rotations_are_counted_with_their_bytes() {
        var row = after(Meaning.DONE, Meaning.DONE, Meaning.FAILED).orElseThrow();
        assertThat(row.done()).isEqualTo(new RotationRow.Done(Optional.of(NOON.plusSeconds(1)), 2, 2_000));
        assertThat(row.last().at()).isEqualTo(NOON.plusSeconds(2));
    }

    @Test
    void a_log_fails_since_the_first_of_its_failures() {
        assertThat(after(Meaning.DONE, Meaning.FAILED, Meaning.UNDECIDED, Meaning.FAILED)
                        .orElseThrow()
                        .failing())
                .contains(new Failing(NOON.plusSeconds(1), 2));
    }

    @Test
    void a_rotation_ends_the_failures_and_so_does_a_log_that_needs_none() {
        assertThat(after(Meaning.FAILED, Meaning.DONE).orElseThrow().failing()).isEmpty();
        var small = after(Meaning.FAILED, Meaning.NOT_NEEDED).orElseThrow();
        assertThat(small.failing()).isEmpty();
        assertThat(small.done().rotations()).isZero();
    }

    @Test
    void a_log_that_needs_none_is_not_worth_a_row_and_changes_none() {
        assertThat(after(Meaning.NOT_NEEDED)).isEmpty();
        assertThat(after(Meaning.DONE, Meaning.NOT_NEEDED)).isEqualTo(after(Meaning.DONE));
    }

    /** What a daemon gathered in memory is the same in the end as if it had been written at once. */
    @Property(tries = 300)
    void rows_gathered_apart_are_joined_as_if_they_had_been_one(
            @ForAll List<Meaning> earlier, @ForAll List<Meaning> later) {
        var first = after(Optional.empty(), earlier, 0);
        var second = after(Optional.empty(), later, earlier.size());
        var together = after(first, later, earlier.size());

        var joined = second.isPresent() && first.isPresent()
                ? Optional.of(second.get().following(first.get()))
                : second.or(() -> first);

        assertThat(joined.map(RotationRow::done)).isEqualTo(together.map(RotationRow::done));
        // That a log needed none is not remembered of one that was fine as far as was known; the next look ends the
        // failures.
        if (!later.contains(Meaning.NOT_NEEDED)) {
            assertThat(joined).isEqualTo(together);
        }
    }
}
