package dev.steward.schedule;

import java.time.Duration;
import java.util.Optional;

/**
 * What becomes of times at which a job could not be run, since the machine slept or was off, or the daemon was down.
 *
 * @param grace how late a run may begin; empty: until the next time comes
 */
public record Lateness(Missed missed, Optional<Duration> grace) {
    /** How many of them are made up for. */
    public enum Missed {
        /** None. */
        SKIP,
        /** One, for all of them. */
        ONCE,
        /** Each, but no more than {@link Due#MOST}: the latest ones. */
        ALL
    }

    public Lateness {
        if (grace.filter(Duration::isNegative).isPresent()) {
            throw new IllegalArgumentException("a grace of " + grace.get());
        }
    }
}
