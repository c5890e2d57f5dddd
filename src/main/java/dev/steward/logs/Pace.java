package dev.steward.logs;

import java.time.Duration;

/**
 * How often a log is looked at: often while it grows, hardly ever when it rests. Pure.
 *
 * @param size at the last look, in bytes
 * @param changedNanos when that was seen to be another than before, on the monotonic clock
 * @param nextNanos when to look again
 */
record Pace(long size, long changedNanos, long nextNanos) {
    /** What a writer at full speed adds meanwhile, a disk has room for. */
    static final Duration GROWING = Duration.ofMillis(250);

    private static final Duration RESTING = Duration.ofSeconds(1);
    private static final Duration RESTS_AFTER = Duration.ofSeconds(10);
    /** A log that cannot be rotated is not tried at every look. */
    private static final Duration TROUBLED = Duration.ofSeconds(5);

    static Pace begin(long nowNanos) {
        return new Pace(0, nowNanos, nowNanos);
    }

    boolean isDue(long nowNanos) {
        return nowNanos - nextNanos >= 0;
    }

    Pace seen(long nowSize, long nowNanos) {
        var next = new Pace(nowSize, nowSize == size ? changedNanos : nowNanos, nowNanos);
        return next.pause(next.rests(nowNanos) ? RESTING : GROWING, nowNanos);
    }

    /** Whether nobody has written for a while. */
    boolean rests(long nowNanos) {
        return nowNanos - changedNanos >= RESTS_AFTER.toNanos();
    }

    Pace troubled(long nowNanos) {
        return pause(TROUBLED, nowNanos);
    }

    private Pace pause(Duration length, long nowNanos) {
        return new Pace(size, changedNanos, nowNanos + length.toNanos());
    }
}
