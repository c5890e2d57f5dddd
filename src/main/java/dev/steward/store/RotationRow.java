package dev.steward.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is remembered of one log's rotation.
 *
 * @param path of the live file
 * @param last what came of it last
 * @param failing since when it should have been rotated and was not; empty while all is well
 */
public record RotationRow(String path, Last last, Done done, Optional<Failing> failing) {
    /**
     * What came of it once.
     *
     * @param result a word of this program, for example {@code rotated}
     * @param way the same, for example {@code cut}; empty if it was not found out
     * @param bytes taken out of the live file
     * @param archive the newest, as it was named at the end; empty if none was made
     * @param lossy whether lines may be lost
     * @param reason why nothing was done, for people; else empty
     */
    public record Last(
            String result,
            Optional<String> way,
            long bytes,
            Optional<String> archive,
            Instant at,
            Duration took,
            boolean lossy,
            String reason) {}

    /**
     * The rotations that there were.
     *
     * @param last empty if there was none yet
     * @param bytes of all of them
     */
    public record Done(Optional<Instant> last, long rotations, long bytes) {
        static final Done NOTHING = new Done(Optional.empty(), 0, 0);

        private Done and(Last rotation) {
            return new Done(Optional.of(rotation.at()), rotations + 1, bytes + rotation.bytes());
        }
    }

    /**
     * Failures with no success between them.
     *
     * @param times at least 1
     */
    public record Failing(Instant since, long times) {
        private Failing again() {
            return new Failing(since, times + 1);
        }

        private Failing following(Failing earlier) {
            return new Failing(earlier.since, earlier.times + times);
        }
    }

    /** What is remembered after a change; empty if nothing is worth it: the log is fine and was never rotated. */
    static Optional<RotationRow> after(Optional<RotationRow> known, RotationChange change) {
        var last = change.last();
        var done = known.map(RotationRow::done).orElse(Done.NOTHING);
        var failing = known.flatMap(RotationRow::failing);
        return switch (change.meaning()) {
            case DONE -> Optional.of(new RotationRow(change.path(), last, done.and(last), Optional.empty()));
            case FAILED -> {
                var longer = failing.map(Failing::again).orElseGet(() -> new Failing(last.at(), 1));
                yield Optional.of(new RotationRow(change.path(), last, done, Optional.of(longer)));
            }
            case NOT_NEEDED ->
                failing.isPresent() ? Optional.of(new RotationRow(change.path(), last, done, Optional.empty())) : known;
            case UNDECIDED -> Optional.of(new RotationRow(change.path(), last, done, failing));
        };
    }

    /** This row, begun without knowing of what was before it, joined with that. */
    RotationRow following(RotationRow earlier) {
        var all = new Done(
                done.last().or(earlier.done::last),
                earlier.done.rotations() + done.rotations(),
                earlier.done.bytes() + done.bytes());
        // A rotation ended what failed before it.
        var before = done.rotations() > 0 ? Optional.<Failing>empty() : earlier.failing;
        var longer = failing.map(now -> before.map(now::following).orElse(now)).or(() -> before);
        return new RotationRow(path, last, all, longer);
    }

    boolean isFailing() {
        return failing.isPresent();
    }
}
