package dev.steward.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How work orders travel and what becomes of them.
 *
 * @param inboxes that the daemon receives, by name, in the file's order; behind them those of workers that nobody else receives
 * @param workers by name, in the file's order
 */
public record WorkOrders(
        BusConfig bus, Map<String, InboxConfig> inboxes, Map<String, WorkerConfig> workers, OrderRules rules) {
    public WorkOrders {
        inboxes = Collections.unmodifiableMap(new LinkedHashMap<>(inboxes));
        workers = Collections.unmodifiableMap(new LinkedHashMap<>(workers));
    }

    /** What holds where the configuration says nothing: the embedded bus, no inboxes and no workers. */
    public static WorkOrders standard() {
        return new WorkOrders(new BusConfig.Embedded(), Map.of(), Map.of(), OrderRules.standard());
    }
}
