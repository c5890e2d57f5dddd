package dev.steward.logs;

import dev.steward.config.LogRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Which archives are kept no longer. Pure. */
final class Retention {
    private Retention() {}

    /**
     * An archive as it lies there.
     *
     * @param bytes on disk
     * @param modified when it was rotated
     */
    record Kept(Archive archive, long bytes, Instant modified) {}

    /**
     * The surplus, oldest first.
     *
     * @param all newest first
     * @param more archives that are about to come before them
     * @param others what else counts for the total, in bytes: the live log, and what is about to come
     */
    static List<Archive> surplus(List<Kept> all, LogRules.Keep keep, Instant now, int more, long others) {
        var surplus = new ArrayList<Archive>();
        // A number is an age in rotations only if there is no gap, which the next shift closes.
        var position = more;
        var total = others;
        var full = false;
        for (var kept : all) {
            position++;
            total += kept.bytes();
            // What is older than an archive that did not fit goes with it: the stream has no hole in the middle.
            full = full || total > keep.total().bytes();
            if (full || position > keep.count() || isOld(kept, keep, now)) {
                surplus.add(kept.archive());
            }
        }
        return surplus.reversed();
    }

    private static boolean isOld(Kept kept, LogRules.Keep keep, Instant now) {
        return keep.age()
                .filter(age -> kept.modified().plus(age).isBefore(now))
                .isPresent();
    }
}
