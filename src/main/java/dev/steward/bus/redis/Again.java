package dev.steward.bus.redis;

import dev.steward.bus.OrderRow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * When an order that a receiver here put into quarantine may be given to it once more. Its sender, whom nobody told, sends it again and
 * again: what was damaged on its way may arrive well then, and what was wrong from the begin must not come all the time. Thread-safe.
 */
final class Again {
    private static final Duration AT_MOST_EVERY = Duration.ofHours(1);
    private static final int MOST = 10_000;

    private final InstantSource clock;
    private final Map<String, Instant> given = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MOST;
        }
    };

    Again(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether it is time; if so, it is not for the next hour. */
    synchronized boolean isDue(OrderRow quarantined) {
        var now = clock.instant();
        var id = quarantined.heading().id();
        var last = given.getOrDefault(id, quarantined.changed());
        if (now.isBefore(last.plus(AT_MOST_EVERY))) {
            return false;
        }
        given.put(id, now);
        return true;
    }
}
