package dev.steward.logs;

import dev.steward.config.LogRules;
import java.time.Duration;
import java.time.Instant;
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
        var stays = 0;
        var total = others;
        // A number is an age in rotations only if there is no gap, which the next shift closes.
        while (stays < all.size() && more + stays < keep.count()) {
            total += all.get(stays).bytes();
            // What is older than an archive that does not fit goes with it: the stream has no hole in the middle.
            if (total > keep.total().bytes()) {
                break;
            }
            stays++;
        }
        // From the oldest on, since a clock that went back, or a touched archive, must make no hole either.
        while (stays > 0 && isOld(all.get(stays - 1), keep, now)) {
            stays--;
        }
        return all.subList(stays, all.size()).reversed().stream()
                .map(Kept::archive)
                .toList();
    }

    private static boolean isOld(Kept kept, LogRules.Keep keep, Instant now) {
        return keep.age()
                .filter(age -> Duration.between(kept.modified(), now).compareTo(age) > 0)
                .isPresent();
    }
}
