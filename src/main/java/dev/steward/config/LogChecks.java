package dev.steward.config;

import java.nio.file.Path;
import java.util.HashMap;

/** No two agents write their output to one file, nor does any into Steward's own: rotation and readiness would mix them. */
final class LogChecks {
    private LogChecks() {}

    static void run(Configuration configuration, Scope agents) {
        var writers = new HashMap<Path, String>();
        writers.put(configuration.file(), "this file itself");
        writers.put(configuration.paths().audit(), "the audit trail");
        for (var agent : configuration.agents().values()) {
            var other = writers.putIfAbsent(agent.log(), "the log of " + agent.name());
            if (other != null) {
                agents.key(agent.name())
                        .key("log")
                        .problem(agent.log() + " is " + other + " too", "give the agent a file of its own");
            }
        }
    }
}
