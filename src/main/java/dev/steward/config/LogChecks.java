package dev.steward.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * No two agents write their output to one file, nor does any into Steward's own: rotation and readiness would mix them. And
 * what is rotated is a log.
 */
final class LogChecks {
    private final Configuration configuration;
    private final OwnFiles own;
    /** Every log that is named in full, by what it is. */
    private final Map<Path, String> logs = new HashMap<>();

    private LogChecks(Configuration configuration) {
        this.configuration = configuration;
        this.own = OwnFiles.of(configuration);
    }

    static void run(Configuration configuration, LogsSection section, Scope root) {
        var checks = new LogChecks(configuration);
        checks.agents(root.key("agents"));
        checks.inboxes(root.key("inboxes"));
        checks.files(section, root.key("logs").key("files"));
        checks.archives(root.key("agents"));
    }

    private void agents(Scope agents) {
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
            if (configuration.logs().rules(agent.log()).strategy() instanceof LogRules.Strategy.Rename) {
                agents.key(agent.name())
                        .problem(
                                "its log " + agent.log()
                                        + " would be renamed (logs), and the agent go on writing to the"
                                        + " archive: its output goes to the file that was opened at its start",
                                "give that log strategy: cut in logs.files");
            }
            logs.put(agent.log(), "the log of " + agent.name());
        }
    }

    /** Several inboxes may share a log: the daemon alone writes to it, whole lines. */
    private void inboxes(Scope inboxes) {
        for (var inbox : configuration.inboxes().values()) {
            inbox.log().ifPresent(log -> {
                var at = inboxes.key(inbox.name()).key("log");
                own.whatBesideOrders(log, ConfigLoader.folderOf(configuration.file()))
                        .or(() -> Optional.ofNullable(logs.get(log)))
                        .ifPresent(
                                other -> at.problem(log + " is " + other + " too", "give the inbox a log of its own"));
            });
        }
        for (var inbox : configuration.inboxes().values()) {
            inbox.log().ifPresent(log -> logs.putIfAbsent(log, "the log of the inbox " + inbox.name()));
        }
    }

    private void archives(Scope agents) {
        configuration
                .agents()
                .values()
                .forEach(agent -> archiveOf(agent.log())
                        .ifPresent(whose -> agents.key(agent.name())
                                .key("log")
                                .problem(
                                        agent.log() + " is the name of an archive of " + whose,
                                        "give the agent a file whose name ends in no number")));
    }

    private void files(LogsSection section, Scope files) {
        section.files().stream()
                .flatMap(entry -> entry.path().flatMap(Glob::literal).stream())
                .forEach(file -> logs.putIfAbsent(file, file.toString()));
        for (int i = 0; i < section.files().size(); i++) {
            var at = files.item(i).key("path");
            section.files().get(i).path().flatMap(Glob::literal).ifPresent(file -> check(file, at));
        }
    }

    private void check(Path file, Scope at) {
        own.what(file, ConfigLoader.folderOf(configuration.file()))
                .ifPresentOrElse(
                        what -> at.problem(file + " is " + what, "remove the entry: this is no log"),
                        () -> archiveOf(file)
                                .ifPresent(whose -> at.problem(
                                        file + " is the name of an archive of " + whose,
                                        "remove the entry: archives go with their log")));
    }

    /** Whose archive a file would be taken for. */
    private Optional<String> archiveOf(Path file) {
        return ArchiveName.in(String.valueOf(file.getFileName()))
                .map(archive -> logs.get(file.resolveSibling(archive.log())));
    }
}
