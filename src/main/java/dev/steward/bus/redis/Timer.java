package dev.steward.bus.redis;

import java.time.Duration;
import java.util.function.LongSupplier;

/** When all that nobody acknowledged is looked for in Redis again. For one thread. */
final class Timer {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofSeconds(60);

    private final LongSupplier nanoTime;
    private final Duration usual;
    private Duration retry = FIRST_RETRY;
    private long due;

    Timer(LongSupplier nanoTime, Duration usual) {
        this.nanoTime = nanoTime;
        this.usual = usual;
        begin();
    }

    /** It is looked for now. */
    void begin() {
        due = nanoTime.getAsLong() + usual.toNanos();
    }

    /** Something could not be sent: it is tried again soon, and less and less often. */
    void soon() {
        due = Math.min(due, nanoTime.getAsLong() + retry.toNanos());
        var doubled = retry.multipliedBy(2);
        retry = doubled.compareTo(LAST_RETRY) < 0 ? doubled : LAST_RETRY;
    }

    /** All was sent. */
    void fine() {
        retry = FIRST_RETRY;
    }

    Duration left() {
        return Duration.ofNanos(Math.max(0, due - nanoTime.getAsLong()));
    }
}
