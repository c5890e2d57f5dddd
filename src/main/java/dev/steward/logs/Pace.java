package dev.steward.logs;

import java.time.Duration;

/**
 * When a log is looked at next: often while it grows. Pure.
 *
 * @param size at the last look, in bytes
 * @param changedNanos when that was seen to be another than before, on the monotonic clock
 * @param nextNanos when to look again
 */
record Pace(long size, long changedNanos, long nextNanos) {
    /** What a writer at full speed adds meanwhile, a disk has room for. */
    static final Duration GROWING = Duration.ofMillis(250);

    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration IDLE_AFTER = Duration.ofSeconds(10);
    /** A log that cannot be rotated is not tried at every look. */
    private static final Duration TROUBLED = Duration.ofSeconds(5);

    static Pace begin(long nowNanos) {
        return new Pace(0, nowNanos, nowNanos);
    }

    boolean isDue(long nowNanos) {
        return nowNanos - nextNanos >= 0;
    }

    Pace seen(long nowSize, long nowNanos) {
        var changed = nowSize == size ? changedNanos : nowNanos;
        var pause = nowNanos - changed < IDLE_AFTER.toNanos() ? GROWING : IDLE;
        return new Pace(nowSize, changed, nowNanos + pause.toNanos());
    }

    Pace troubled(long nowNanos) {
        return new Pace(size, changedNanos, nowNanos + TROUBLED.toNanos());
    }
}
