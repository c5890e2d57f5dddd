package dev.steward.bus.embedded;

import dev.steward.bus.Heading;
import dev.steward.bus.WorkOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which orders were given to receptions that are open, by inbox. In memory: a process that ended receives nothing. */
final class Claims {
    private final Map<String, Set<String>> byInbox = new HashMap<>();

    synchronized Set<String> of(String inbox) {
        return Set.copyOf(byInbox.getOrDefault(Heading.inbox(inbox), Set.of()));
    }

    /** Those of these orders that nobody else has. */
    synchronized List<WorkOrder> claim(String inbox, List<WorkOrder> orders) {
        var claimed = byInbox.computeIfAbsent(Heading.inbox(inbox), any -> new HashSet<>());
        var mine = new ArrayList<WorkOrder>();
        for (var order : orders) {
            if (claimed.add(order.id())) {
                mine.add(order);
            }
        }
        return mine;
    }

    synchronized void giveBack(String inbox, Iterable<String> ids) {
        @Nullable Set<String> claimed = byInbox.get(Heading.inbox(inbox));
        if (claimed != null) {
            ids.forEach(claimed::remove);
        }
    }
}
