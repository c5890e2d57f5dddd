package dev.steward.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Nobody but the agent itself writes the file by which it beats: else it looks alive while it hangs. */
final class HeartbeatChecks {
    private HeartbeatChecks() {}

    static void run(Configuration configuration, Scope agents) {
        var writers = writers(configuration);
        for (var agent : configuration.agents().values()) {
            file(agent).ifPresent(file -> {
                var other = writers.putIfAbsent(file, "the heartbeat of " + agent.name());
                if (other != null) {
                    agents.key(agent.name())
                            .key("heartbeat")
                            .key("path")
                            .problem(file + " is " + other + " too", "give " + agent.name() + " a file of its own");
                }
            });
        }
    }

    private static Map<Path, String> writers(Configuration configuration) {
        var writers = new HashMap<Path, String>();
        writers.put(configuration.file(), "this file itself");
        writers.put(configuration.paths().audit(), "the audit trail");
        configuration.agents().values().forEach(agent -> writers.put(agent.log(), "the log of " + agent.name()));
        return writers;
    }

    /** What the agent writes to beat, if that is how it beats. */
    static Optional<Path> file(AgentConfig agent) {
        return agent.heartbeat().flatMap(heartbeat -> switch (heartbeat.via()) {
            case Via.Written(var file) -> Optional.of(file);
            case Via.Notified _, Via.Pinged _, Via.Stored _ -> Optional.empty();
        });
    }
}
