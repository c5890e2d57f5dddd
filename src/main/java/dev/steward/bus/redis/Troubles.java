package dev.steward.bus.redis;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What goes wrong at the moment though there is a connection; each is logged when it begins and when it ends. Thread-safe. */
final class Troubles {
    private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);

    private final Map<String, String> byPart = new LinkedHashMap<>();

    /** A part can't do its work. */
    void tell(String part, String reason) {
        synchronized (byPart) {
            if (reason.equals(byPart.put(part, reason))) {
                return;
            }
        }
        LOG.warn("Bus, {}: {}", part, reason);
    }

    /** A part does its work. */
    void over(String part) {
        synchronized (byPart) {
            if (byPart.remove(part) == null) {
                return;
            }
        }
        LOG.info("Bus, {}: works again", part);
    }

    /** Whether this part is in trouble. */
    boolean has(String part) {
        synchronized (byPart) {
            return byPart.containsKey(part);
        }
    }

    /** The oldest one. */
    Optional<String> first() {
        synchronized (byPart) {
            return byPart.entrySet().stream().findFirst().map(trouble -> trouble.getKey() + ": " + trouble.getValue());
        }
    }
}
