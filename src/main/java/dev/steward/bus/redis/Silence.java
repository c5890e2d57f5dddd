package dev.steward.bus.redis;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * How long a receiver may show no sign of life before another one is given its orders. Both clocks count, whichever went further: the
 * monotonic one stands still while a machine sleeps, and the other one may be set back.
 *
 * @param nanoTime monotonic
 */
record Silence(Duration most, InstantSource wall, LongSupplier nanoTime) {
    /** When something was. */
    record Moment(long nanos, Instant wall) {}

    Moment now() {
        return new Moment(nanoTime.getAsLong(), wall.instant());
    }

    /** Whether it lasts too long if it began then. */
    boolean isTooLongSince(Moment begin) {
        var now = now();
        return now.nanos - begin.nanos >= most.toNanos()
                || Duration.between(begin.wall, now.wall).compareTo(most) >= 0;
    }
}
