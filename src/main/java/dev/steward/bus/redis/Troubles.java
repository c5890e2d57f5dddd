package dev.steward.bus.redis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
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

    /** Parts that aren't these do their work. */
    void keep(Collection<String> parts) {
        List<String> others;
        synchronized (byPart) {
            others = byPart.keySet().stream()
                    .filter(part -> !parts.contains(part))
                    .toList();
        }
        others.forEach(this::over);
    }

    /** The reasons, oldest first; at most so many, and how many more there are. */
    List<String> some(int most) {
        synchronized (byPart) {
            var some = new ArrayList<>(byPart.values().stream().limit(most).toList());
            if (byPart.size() > most) {
                some.add("and so do " + (byPart.size() - most) + " more orders");
            }
            return some;
        }
    }

    /** The oldest one. */
    Optional<String> first() {
        synchronized (byPart) {
            return byPart.entrySet().stream().findFirst().map(trouble -> trouble.getKey() + ": " + trouble.getValue());
        }
    }
}
