package dev.steward.supervise;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Time, twice: for people, and for measuring.
 *
 * @param wall may be set by anybody, forth and back
 * @param monotonic in nanoseconds; only goes forth
 */
public record Clocks(InstantSource wall, LongSupplier monotonic) {}
