package dev.steward.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Nobody but the agent itself writes the file or the key by which it beats: else it looks alive while it hangs. */
final class HeartbeatChecks {
    private HeartbeatChecks() {}

    /** @param redis whether the bus was meant to be Redis, even if what was said of it is refused */
    static void run(Configuration configuration, boolean redis, Scope agents) {
        var writers = writers(configuration);
        var keys = new HashMap<String, String>();
        for (var agent : configuration.agents().values()) {
            key(agent).ifPresent(key -> {
                var place = agents.key(agent.name()).key("heartbeat");
                var other = keys.putIfAbsent(key, agent.name());
                if (!redis) {
                    place.key("via")
                            .problem(
                                    "the bus is not Redis, so nobody could see the key " + Shown.of(key),
                                    "write bus: " + RedisAddress.EXAMPLE + ", or beat in another way");
                } else if (other != null) {
                    place.key("key")
                            .problem(
                                    Shown.of(key) + " is the heartbeat of " + other + " too",
                                    "give " + agent.name() + " a key of its own");
                }
            });
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

    private static Optional<String> key(AgentConfig agent) {
        return agent.heartbeat().flatMap(heartbeat -> switch (heartbeat.via()) {
            case Via.Stored(var key) -> Optional.of(key);
            case Via.Written _, Via.Notified _, Via.Pinged _ -> Optional.empty();
        });
    }

    /** What the agent writes to beat, if that is how it beats. */
    static Optional<Path> file(AgentConfig agent) {
        return agent.heartbeat().flatMap(heartbeat -> switch (heartbeat.via()) {
            case Via.Written(var file) -> Optional.of(file);
            case Via.Notified _, Via.Pinged _, Via.Stored _ -> Optional.empty();
        });
    }
}
