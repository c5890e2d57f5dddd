package dev.steward.config;

import dev.steward.config.LogDefaultsSection.Way;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** One entry of {@code logs.files:}. */
@Doc("Logs that are named by a path or a glob, with rules of their own.")
record LogFilesSection(
        @Doc("One file, or a glob as java.nio.file.FileSystem.getPathMatcher has it.") @Required("/var/log/app.log")
        Optional<Glob> path,

        @Doc("A log is rotated when it is larger.") @Otherwise(INHERITED) @AtLeast(LogDefaultsSection.LEAST)
        Optional<DataSize> rotateAbove,

        @Doc("A log is rotated so long after its last rotation, too.") @Otherwise(INHERITED) @Positive
        Optional<Duration> rotateAfter,

        @Doc("So many archives are kept of a log; 0 keeps none.")
        @Otherwise(INHERITED)
        @Range(min = 0, max = LogDefaultsSection.MOST)
        Optional<Integer> keep,

        @Doc("An archive is kept no longer than this.") @Otherwise(INHERITED) @Positive
        Optional<Duration> keepFor,

        @Doc("Whether archives are compressed by gzip.") @Otherwise(INHERITED)
        Optional<Boolean> compress,

        @Doc("A log and its archives together are kept within this; the oldest archives go first.")
        @Otherwise(INHERITED)
        Optional<DataSize> maxTotal,

        @Doc("How the head of a log becomes an archive.") @Otherwise(INHERITED)
        Optional<Way> strategy,

        @Key("notify") @Doc("How its writers are told to open the new file, for strategy: rename.") @Otherwise("nobody")
        Optional<NotifySection> told,

        @Doc("Whom Steward becomes to touch the log and its folder, where it runs as root.")
        @Otherwise(INHERITED)
        @Matches(value = LogDefaultsSection.USER, saying = LogDefaultsSection.USER_SAYING)
        Optional<String> user) {
    static final String INHERITED = "that of defaults";

    /** @param folder of the configuration file */
    LogRules toRules(LogRules defaults, Path folder) {
        var due = new LogRules.Due(
                rotateAbove.or(() -> defaults.due().above()),
                rotateAfter.or(() -> defaults.due().after()));
        var kept = new LogRules.Keep(
                keep.orElse(defaults.keep().count()),
                keepFor.or(() -> defaults.keep().age()),
                maxTotal.orElse(defaults.keep().total()));
        return new LogRules(
                due,
                kept,
                compress.orElse(defaults.compress()),
                strategyOver(defaults.strategy(), folder),
                user.or(defaults::user));
    }

    private LogRules.Strategy strategyOver(LogRules.Strategy inherited, Path folder) {
        var notify = told.flatMap(section -> section.toNotify(folder));
        if (strategy.isPresent()) {
            return LogDefaultsSection.strategy(strategy.get(), notify);
        }
        return inherited instanceof LogRules.Strategy.Rename ? new LogRules.Strategy.Rename(notify) : inherited;
    }
}
