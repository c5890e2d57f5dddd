package dev.steward.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** In the folder of the inboxes lies nothing but inboxes: anything else would be taken for one, or go with its orders. */
final class PathsChecks {
    private PathsChecks() {}

    static void run(Configuration configuration, Scope root) {
        var folder = configuration.paths().inbox();
        others(configuration).entrySet().stream()
                .filter(other -> other.getKey().startsWith(folder))
                .findFirst()
                .ifPresent(other -> root.key("paths")
                        .key("inbox")
                        .problem(
                                folder + " holds " + other.getValue() + " (" + other.getKey() + ")",
                                "give the inboxes a folder of their own"));
    }

    private static Map<Path, String> others(Configuration configuration) {
        var others = new LinkedHashMap<Path, String>();
        others.put(configuration.file(), "this file itself");
        others.put(configuration.paths().audit(), "the audit trail");
        others.put(configuration.paths().logs(), "the folder of the logs");
        for (var agent : configuration.agents().values()) {
            others.putIfAbsent(agent.log(), "the log of " + agent.name());
            HeartbeatChecks.file(agent).ifPresent(file -> others.putIfAbsent(file, "the heartbeat of " + agent.name()));
        }
        for (var inbox : configuration.inboxes().values()) {
            inbox.log().ifPresent(log -> others.putIfAbsent(log, "the log of the inbox " + inbox.name()));
        }
        return others;
    }
}
