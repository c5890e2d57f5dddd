package dev.steward.control;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How instants and durations are shown. */
final class Times {
    private static final DateTimeFormatter FOR_PEOPLE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS");
    private static final DateTimeFormatter FOR_PROGRAMS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx");

    private Times() {}

    static String forPeople(Instant at, ZoneId zone) {
        return FOR_PEOPLE.format(at.atZone(zone));
    }

    static String forPrograms(Instant at, ZoneId zone) {
        return FOR_PROGRAMS.format(at.atZone(zone));
    }

    /** At most two units: {@code 12s}, {@code 4m10s}, {@code 2h03m}, {@code 5d04h}. */
    static String span(Duration span) {
        var seconds = Math.max(0, span.toSeconds());
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3_600) {
            return two(seconds / 60, "m", seconds % 60, "s");
        }
        return seconds < 86_400
                ? two(seconds / 3_600, "h", seconds % 3_600 / 60, "m")
                : two(seconds / 86_400, "d", seconds % 86_400 / 3_600, "h");
    }

    /** For what may be over in no time: {@code 0.4 ms}, {@code 120 ms}, {@code 1.25 s}, {@code 2m05s}. */
    static String precise(Duration span) {
        var millis = span.toNanos() / 1e6;
        if (millis < 10) {
            return String.format(Locale.ROOT, "%.1f ms", millis);
        }
        if (millis < 1_000) {
            return String.format(Locale.ROOT, "%.0f ms", millis);
        }
        return millis < 60_000 ? String.format(Locale.ROOT, "%.2f s", millis / 1_000) : span(span);
    }

    private static String two(long large, String unit, long small, String smallUnit) {
        return large + unit + (small < 10 ? "0" : "") + small + smallUnit;
    }
}
