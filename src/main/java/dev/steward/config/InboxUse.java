package dev.steward.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Who uses an inbox of this node.
 *
 * @param inbox as it was written
 * @param agent that receives it; empty: the daemon does
 * @param worker that handles its orders
 */
public record InboxUse(String inbox, Optional<String> agent, Optional<String> worker) {
    /** All that a configuration speaks of: those of the daemon, then those of agents, each in the file's order. */
    static List<InboxUse> in(Configuration configuration) {
        var workers = new LinkedHashMap<String, String>();
        configuration.workers().values().forEach(worker -> workers.put(key(worker.inbox()), worker.name()));
        var all = new ArrayList<InboxUse>();
        for (var name : configuration.inboxes().keySet()) {
            all.add(new InboxUse(name, Optional.empty(), Optional.ofNullable(workers.get(key(name)))));
        }
        for (var agent : configuration.agents().values()) {
            ReceivingAgent.inbox(agent.command())
                    .ifPresent(name -> all.add(new InboxUse(
                            name, Optional.of(agent.name()), Optional.ofNullable(workers.get(key(name))))));
        }
        return List.copyOf(all);
    }

    private static String key(String inbox) {
        return inbox.toLowerCase(Locale.ROOT);
    }
}
