package dev.steward.orders.work;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Time, twice: for people, and for measuring.
 *
 * @param wall may be set by anybody, forth and back
 * @param monotonic in nanoseconds; only goes forth
 */
record Clocks(InstantSource wall, LongSupplier monotonic) {
    Instant instant() {
        return wall.instant();
    }

    long nanos() {
        return monotonic.getAsLong();
    }
}
