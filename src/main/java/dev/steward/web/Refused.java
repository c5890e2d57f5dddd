package dev.steward.web;

import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts requests that are no pings of an agent: one line a minute, however many there are. Thread-safe. */
final class Refused {
    private static final Logger LOG = LoggerFactory.getLogger(Refused.class);
    private static final long A_MINUTE = 60_000_000_000L;

    private final LongSupplier nanoTime;
    private long count;
    private long told;
    private long toldAt;

    Refused(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized void note() {
        count++;
        var now = nanoTime.getAsLong();
        if (told == 0 || now - toldAt >= A_MINUTE) {
            LOG.warn("HTTP requests that are no agent's ping were refused, {} since this was last told", count - told);
            told = count;
            toldAt = now;
        }
    }

    synchronized long count() {
        return count;
    }
}
