package dev.steward.logs;

import dev.steward.config.LogRules;
import java.time.Instant;
import java.util.Optional;

/** Whether a log is to be rotated. Pure. */
final class Due {
    private Due() {}

    /**
     * By its size or by its age. A clock that went back makes nothing old.
     *
     * @param lines bytes without the head
     * @param since its last rotation, or its birth; empty if neither is known
     */
    static boolean isDue(LogRules.Due due, long lines, Optional<Instant> since, Instant now) {
        if (lines == 0) {
            return false;
        }
        var large = due.above().filter(above -> lines > above.bytes()).isPresent();
        var old = due.after()
                .flatMap(after -> since.filter(time -> !time.plus(after).isAfter(now)))
                .isPresent();
        return large || old;
    }
}
