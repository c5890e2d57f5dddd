package dev.steward.bus.redis;

import dev.steward.bus.OrderRow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * When an order that a receiver here put into quarantine may be given to it once more: its sender is told, and sends it again only if
 * somebody asks for it. What was damaged on its way may arrive well then; a sender that has not heard yet must not have it quarantined
 * all the time, and is told once more. Thread-safe.
 */
final class Again {
    private static final Duration AT_MOST_EVERY = Duration.ofMinutes(1);
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

    /** Whether it is time; if so, it is not for the next minute. */
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
