package dev.steward.config;

import java.nio.file.Path;
import java.util.List;

/** The value of {@code logs:}. */
@Doc("How logs are rotated, and what is kept of them.")
record LogsSection(
        @Doc("The rules of every log of Steward and its agents, and of what files says.")
        LogDefaultsSection defaults,

        @Doc("Logs of other programs, and logs of agents with rules of their own; the first entry that matches counts.")
        @Default("[]")
        List<LogFilesSection> files)
        implements Section {

    @Override
    public void validate(Scope at) {
        new LogFilesChecks(this, at.key("files")).run();
    }

    /** @param folder of the configuration file */
    Logs toLogs(Path folder) {
        var entries = files.stream()
                .flatMap(entry -> entry.path().stream()
                        .map(glob -> new Logs.Files(glob, entry.toRules(defaults.toRules(), folder))))
                .toList();
        return new Logs(defaults.toRules(), entries);
    }
}
