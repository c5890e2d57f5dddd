package dev.steward.cli;

import dev.steward.config.Configuration;

/** What a configuration speaks of, counted. */
final class Census {
    private Census() {}

    /** For people: {@code 1 agent, 2 inboxes, 1 worker}. */
    static String of(Configuration configuration) {
        var agents = configuration.agents().size();
        return agents
                + (agents == 1 ? " agent" : " agents")
                + more(configuration.inboxUses().size(), " inbox", " inboxes")
                + more(configuration.workers().size(), " worker", " workers");
    }

    private static String more(int count, String one, String several) {
        return count == 0 ? "" : ", " + count + (count == 1 ? one : several);
    }
}
