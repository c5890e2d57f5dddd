package dev.steward.logs;

import dev.steward.config.LogRules;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether a log is to be rotated. Pure. */
final class Due {
    private Due() {}

    /**
     * By its size or by its age. A clock that went back makes nothing old.
     *
     * @param rules also without a size of their own a log becomes no larger than all that is kept of it
     * @param lines bytes without the head
     * @param since its last rotation, or its birth; empty if neither is known
     */
    static boolean isDue(LogRules rules, long lines, Optional<Instant> since, Instant now) {
        if (lines == 0) {
            return false;
        }
        var large = lines > limit(rules);
        var old = rules.due()
                .after()
                .flatMap(after ->
                        since.filter(time -> Duration.between(time, now).compareTo(after) >= 0))
                .isPresent();
        return large || old;
    }

    /** So many bytes of lines are not yet too many. */
    static long limit(LogRules rules) {
        var total = rules.keep().total().bytes();
        return rules.due().above().map(above -> Math.min(above.bytes(), total)).orElse(total);
    }
}
