package dev.steward.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Files that lose what they are good for when their head is cut off, by what they are. */
record OwnFiles(Map<Path, String> known, Path inboxes) {
    private static final List<String> DATABASES = List.of("state.db", "bus.db");
    private static final List<String> FOLDERS = List.of("run", "keys", "spool");

    /** Those that the configuration itself names. */
    static OwnFiles of(Configuration configuration) {
        var known = new HashMap<Path, String>();
        for (var agent : configuration.agents().values()) {
            agent.envFile().ifPresent(file -> known.put(file, "the environment file of " + agent.name()));
            HeartbeatChecks.file(agent).ifPresent(file -> known.put(file, "the heartbeat of " + agent.name()));
        }
        for (var worker : configuration.workers().values()) {
            worker.invocation()
                    .envFile()
                    .ifPresent(file -> known.put(file, "the environment file of the worker " + worker.name()));
        }
        var audit = configuration.paths().audit();
        known.put(audit, "the audit trail");
        known.put(audit.resolveSibling(audit.getFileName() + ".torn"), "a part of the audit trail");
        known.put(audit.resolveSibling("." + audit.getFileName() + ".lock"), "the lock of the audit trail");
        known.put(configuration.file(), "the configuration file");
        return new OwnFiles(known, configuration.paths().inbox());
    }

    /** What such a file is; empty for any other. */
    Optional<String> what(Path file, Path home) {
        return whatBesideOrders(file, home).or(() -> workOrder(file));
    }

    Optional<String> whatBesideOrders(Path file, Path home) {
        return Optional.ofNullable(known.get(file)).or(() -> database(file, home));
    }

    /** The same, with the folders of the home that hold no logs. */
    Optional<String> whatInHome(Path file, Path home) {
        return what(file, home)
                .or(() -> FOLDERS.stream()
                        .filter(folder -> file.startsWith(home.resolve(folder)))
                        .map(folder -> "in " + home.resolve(folder) + ", which is Steward's own")
                        .findFirst());
    }

    /** Evidence is over its exact bytes. */
    private Optional<String> workOrder(Path file) {
        return file.startsWith(inboxes) ? Optional.of("in the folder of the inboxes (paths.inbox)") : Optional.empty();
    }

    /** SQLite names its companions after the database, and so does Steward what it put aside. */
    private static Optional<String> database(Path file, Path home) {
        var isDatabase = home.equals(file.getParent())
                && DATABASES.stream()
                        .anyMatch(name -> file.getFileName().toString().startsWith(name));
        return isDatabase ? Optional.of("a database of Steward") : Optional.empty();
    }
}
