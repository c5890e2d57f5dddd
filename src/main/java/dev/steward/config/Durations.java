package dev.steward.config;

import java.time.Duration;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 10s}, {@code 100ms}, {@code 1h30m}, {@code 1d}. The unit is never left out. */
public final class Durations {
    /** Largest unit first, each at most once; {@code ms} before {@code m} would be ambiguous in any other order. */
    static final String PATTERN = "^(?=[0-9])([0-9]+d)?([0-9]+h)?([0-9]+m(?!s))?([0-9]+s)?([0-9]+ms)?$";

    private static final Pattern WRITTEN = Pattern.compile(PATTERN);
    private static final Pattern BARE = Pattern.compile("[0-9]{1,9}");
    private static final String[] UNITS = {"d", "h", "m", "s", "ms"};
    private static final long[] MILLIS = {86_400_000, 3_600_000, 60_000, 1_000, 1};
    private static final long LONGEST = 36_500 * MILLIS[0];

    private Durations() {}

    static Parsed<Duration> parse(String text) {
        if (BARE.matcher(text).matches()) {
            return Parsed.bad(text + " has no unit", "write " + text + "s for seconds");
        }
        var match = WRITTEN.matcher(text);
        if (text.length() > 40 || !match.matches()) {
            return Parsed.bad(
                    "'" + Shown.of(text) + "' is not a duration",
                    "write whole numbers with their units, like 10s, 100ms, 1h30m or 1d");
        }
        long total = 0;
        for (int i = 0; i < UNITS.length; i++) {
            var part = match.group(i + 1);
            if (part != null) {
                var count = part.substring(0, part.length() - UNITS[i].length());
                if (count.length() > 12 || Long.parseLong(count) > LONGEST / MILLIS[i]) {
                    return Parsed.bad("'" + text + "' is longer than 100 years", "");
                }
                total += Long.parseLong(count) * MILLIS[i];
            }
        }
        return Parsed.good(Duration.ofMillis(total));
    }

    /** The shortest way of writing it that {@link #parse} reads back; less than a millisecond is cut off. */
    public static String print(Duration duration) {
        var rest = duration.toMillis();
        var printed = new StringBuilder();
        for (int i = 0; i < UNITS.length; i++) {
            if (rest >= MILLIS[i]) {
                printed.append(rest / MILLIS[i]).append(UNITS[i]);
                rest %= MILLIS[i];
            }
        }
        return printed.isEmpty() ? "0s" : printed.toString();
    }
}
