package dev.steward.bus;

import java.time.Instant;

/** The years from 1970 to 9999 (UTC): a time that somebody wrote, and that lies outside, is a mistake, and may overflow what counts with it. */
public final class Era {
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private Era() {}

    /** Whether it lies inside. */
    public static boolean holds(Instant at) {
        return !at.isBefore(Instant.EPOCH) && at.isBefore(END);
    }
}
