package dev.steward.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How logs are kept.
 *
 * @param defaults for logs of agents and of the daemon that no entry of {@code files} matches
 * @param files foreign logs, and logs of agents with rules of their own; the first that matches counts
 */
public record Logs(LogRules defaults, List<Files> files) {
    public Logs {
        files = List.copyOf(files);
    }

    /** Logs that are named by a path or a glob, with their rules. */
    public record Files(Glob glob, LogRules rules) {
        /**
         * Whether this log is meant.
         *
         * @param log absolute and normalized
         */
        public boolean matches(Path log) {
            return glob.matches(log);
        }
    }

    /** What holds where the configuration says nothing. */
    public static Logs standard() {
        var due = new LogRules.Due(Optional.of(new DataSize(1_000_000)), Optional.empty());
        var keep = new LogRules.Keep(7, Optional.empty(), new DataSize(1_000_000_000));
        return new Logs(new LogRules(due, keep, true, new LogRules.Strategy.Cut(), Optional.empty()), List.of());
    }

    /**
     * The rules of a log, be it an agent's, the daemon's or a foreign one.
     *
     * @param log absolute and normalized
     */
    public LogRules rules(Path log) {
        return files.stream()
                .filter(entry -> entry.matches(log))
                .findFirst()
                .map(Files::rules)
                .orElse(defaults);
    }
}
