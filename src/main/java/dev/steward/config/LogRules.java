package dev.steward.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How one log is kept.
 *
 * @param due when it is rotated without being asked for
 * @param keep what is kept of it
 * @param compress whether archives are compressed by gzip
 * @param user whom Steward becomes to touch the log and its folder, where it runs as root
 */
public record LogRules(Due due, Keep keep, boolean compress, Strategy strategy, Optional<String> user) {
    /** The same with another strategy. */
    public LogRules with(Strategy other) {
        return new LogRules(due, keep, compress, other, user);
    }

    /**
     * A log is due when one of these holds; a log for which both are empty is rotated on demand alone.
     *
     * @param above its size in bytes, without the blank line at its head
     * @param after so long after its last rotation, or, if there was none, after the file was made
     */
    public record Due(Optional<DataSize> above, Optional<Duration> after) {}

    /**
     * What is kept; what is beyond any of these goes, oldest first.
     *
     * @param count archives; 0 keeps none
     * @param age of an archive, from its rotation on
     * @param total live log and archives together
     */
    public record Keep(int count, Optional<Duration> age, DataSize total) {}

    /** The way in which the head of a live log becomes an archive. */
    public sealed interface Strategy {
        /** Its whole lines are copied and cut off, while writers go on; where the file system has no cut, a hole is punched. */
        record Cut() implements Strategy {}

        /** The file is renamed and a new one made; its writers are told to open it. */
        record Rename(Optional<Notify> told) implements Strategy {}

        /** The file is copied and truncated; what is written in between is lost. */
        record CopyTruncate() implements Strategy {}
    }

    /** How the writers of a renamed log are told. */
    public sealed interface Notify {
        /**
         * A signal to one process.
         *
         * @param signal its name without SIG, for example {@code HUP}
         * @param pidFile holds the pid, in decimal
         */
        record Signal(String signal, Path pidFile) implements Notify {}

        /**
         * A program that tells them.
         *
         * @param directory where it runs, absolute: that of the configuration file
         */
        record Run(Command command, Path directory) implements Notify {}
    }
}
