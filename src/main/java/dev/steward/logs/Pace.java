package dev.steward.logs;

import java.time.Duration;

/**
 * How often a log is looked at: often while it grows, hardly ever when it rests. Pure.
 *
 * @param size at the last look, in bytes
 * @param changedNanos when that was seen to be another than before, on the monotonic clock
 * @param nextNanos when to look again
 * @param enough from how many bytes on it may be due; below it is known not to be, since its blank head counts for nothing, or its last
 *     line is not ended
 */
record Pace(long size, long changedNanos, long nextNanos, long enough) {
    /** What a writer at full speed adds meanwhile, a disk has room for. */
    static final Duration GROWING = Duration.ofMillis(250);

    private static final Duration RESTING = Duration.ofSeconds(1);
    private static final Duration RESTS_AFTER = Duration.ofSeconds(10);
    private static final long TRIES_A_LIMIT = 16;
    /** A log that cannot be rotated is not tried at every look. */
    private static final Duration TROUBLED = Duration.ofSeconds(5);

    static Pace begin(long nowNanos) {
        return new Pace(0, nowNanos, nowNanos, 0);
    }

    boolean isDue(long nowNanos) {
        return nowNanos - nextNanos >= 0;
    }

    Pace seen(long nowSize, long nowNanos) {
        var next = new Pace(nowSize, nowSize == size ? changedNanos : nowNanos, nowNanos, nowSize < size ? 0 : enough);
        return next.pause(next.rests(nowNanos) ? RESTING : GROWING, nowNanos);
    }

    /** Whether it may be due by its size. */
    boolean isLarge(long limit) {
        return size > limit && size >= enough;
    }

    /** It was not, large as it is. To try costs more than to look: so it is tried again when it has grown by a part of what it may have. */
    Pace notDue(long limit) {
        return size > limit ? new Pace(size, changedNanos, nextNanos, size + limit / TRIES_A_LIMIT + 1) : this;
    }

    /** Whether nobody has written for a while. */
    boolean rests(long nowNanos) {
        return nowNanos - changedNanos >= RESTS_AFTER.toNanos();
    }

    Pace soon(long nowNanos) {
        return pause(Duration.ZERO, nowNanos);
    }

    Pace troubled(long nowNanos) {
        return pause(TROUBLED, nowNanos);
    }

    private Pace pause(Duration length, long nowNanos) {
        return new Pace(size, changedNanos, nowNanos + length.toNanos(), enough);
    }
}
