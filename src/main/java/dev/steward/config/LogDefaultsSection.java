package dev.steward.config;

import java.time.Duration;
import java.util.Optional;

/** The value of {@code logs.defaults:}. */
@Doc("The rules of every log that no entry of files gives others.")
record LogDefaultsSection(
        @Doc("A log is rotated when it is larger.") @Default("1MB") @AtLeast(LEAST)
        DataSize rotateAbove,

        @Doc("A log is rotated so long after its last rotation, too.") @Otherwise("whatever its age") @Positive
        Optional<Duration> rotateAfter,

        @Doc("So many archives are kept of a log; 0 keeps none.") @Default("7") @Range(min = 0, max = MOST)
        int keep,

        @Doc("An archive is kept no longer than this.") @Otherwise("whatever its age") @Positive
        Optional<Duration> keepFor,

        @Doc("Whether archives are compressed by gzip.") @Default("true")
        boolean compress,

        @Doc("A log and its archives together are kept within this; the oldest archives go first.") @Default("1GB")
        DataSize maxTotal,

        @Doc("How the head of a log becomes an archive.") @Default("cut")
        Way strategy,

        @Doc("Whom Steward becomes to touch the log and its folder, where it runs as root.")
        @Otherwise("root stays root")
        @Matches(value = USER, saying = USER_SAYING)
        Optional<String> user)
        implements Section {
    /** A block of a file system: less cannot be cut off. */
    static final String LEAST = "4KiB";

    static final int MOST = 10_000;
    static final String USER = "^[A-Za-z0-9_][A-Za-z0-9_.@+-]{0,63}$";
    static final String USER_SAYING = "up to 64 letters, digits and _.@+-, a letter, digit or _ first";

    /** The words for the strategies. */
    enum Way {
        CUT,
        RENAME,
        COPY_TRUNCATE
    }

    @Override
    public void validate(Scope at) {
        checkTotal(rotateAbove, maxTotal, at);
    }

    /** At the key of the two that the file gives. */
    static void checkTotal(DataSize above, DataSize total, Scope at) {
        if (total.bytes() < above.bytes()) {
            var wanted = "max_total (" + total + ") is less than rotate_above (" + above + ")";
            (at.has("max_total") ? at.key("max_total") : at.key("rotate_above"))
                    .problem(wanted, "write, for example, max_total: " + new DataSize(twice(above.bytes())));
        }
    }

    private static long twice(long bytes) {
        return bytes > Long.MAX_VALUE / 2 ? bytes : 2 * bytes;
    }

    LogRules toRules() {
        return new LogRules(
                new LogRules.Due(Optional.of(rotateAbove), rotateAfter),
                new LogRules.Keep(keep, keepFor, maxTotal),
                compress,
                strategy(strategy, Optional.empty()),
                user);
    }

    static LogRules.Strategy strategy(Way way, Optional<LogRules.Notify> told) {
        return switch (way) {
            case CUT -> new LogRules.Strategy.Cut();
            case RENAME -> new LogRules.Strategy.Rename(told);
            case COPY_TRUNCATE -> new LogRules.Strategy.CopyTruncate();
        };
    }
}
