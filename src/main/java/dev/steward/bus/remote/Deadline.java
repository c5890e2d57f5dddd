package dev.steward.bus.remote;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A time by which something has to be over; set by one thread and looked at by others. */
final class Deadline {
    private final LongSupplier nanoTime;
    private boolean set;
    private long end;

    /** @param nanoTime monotonic */
    Deadline(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized void within(Duration time) {
        set = true;
        end = nanoTime.getAsLong() + time.toNanos();
    }

    synchronized void off() {
        set = false;
    }

    synchronized boolean isPast() {
        return set && nanoTime.getAsLong() - end > 0;
    }
}
