package dev.steward.config;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** What must hold of each entry of {@code logs.files} under the defaults, and between the entries. */
final class LogFilesChecks {
    private final LogsSection logs;
    private final Scope files;

    LogFilesChecks(LogsSection logs, Scope files) {
        this.logs = logs;
        this.files = files;
    }

    void run() {
        var entries = logs.files();
        for (int i = 0; i < entries.size(); i++) {
            var entry = entries.get(i);
            var at = files.item(i);
            checkTotal(entry, at);
            checkNotify(entry, at);
            checkReached(entry, entries.subList(0, i), at.key("path"));
        }
    }

    /** An entry that says nothing of either has what is refused in the defaults already. */
    private void checkTotal(LogFilesSection entry, Scope at) {
        if (entry.rotateAbove().isPresent() || entry.maxTotal().isPresent()) {
            LogDefaultsSection.checkTotal(
                    entry.rotateAbove().orElse(logs.defaults().rotateAbove()),
                    entry.maxTotal().orElse(logs.defaults().maxTotal()),
                    at);
        }
    }

    private void checkNotify(LogFilesSection entry, Scope at) {
        var way = entry.strategy().orElse(logs.defaults().strategy());
        if (entry.told().isPresent() && way != LogDefaultsSection.Way.RENAME) {
            at.key("notify").problem("goes with strategy: rename only", "remove it, or write strategy: rename");
        }
    }

    private static void checkReached(LogFilesSection entry, List<LogFilesSection> before, Scope at) {
        entry.path()
                .ifPresent(glob -> covering(glob, before).ifPresent(index -> {
                    var same = before.get(index).path().filter(glob::equals).isPresent();
                    at.problem(
                            same
                                    ? "is that of files[" + index + "] too"
                                    : "never counts: files[" + index + "] matches it",
                            same ? "keep one of them" : "write it above that one: the first that matches counts");
                }));
    }

    /** The first entry that takes everything that this glob names. */
    private static OptionalInt covering(Glob glob, List<LogFilesSection> before) {
        return IntStream.range(0, before.size())
                .filter(i -> before.get(i)
                        .path()
                        .filter(other -> covers(other, glob))
                        .isPresent())
                .findFirst();
    }

    private static boolean covers(Glob one, Glob other) {
        return one.equals(other) || other.literal().filter(one::matches).isPresent();
    }
}
