package dev.steward.logs.read;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A moment as people write it: {@code 10m}, {@code 1h30m}, {@code yesterday}, {@code 05:49}, {@code 2025-10-30},
 * {@code 2025-10-30T05:49:11+07:00}.
 */
public final class Moment {
    /** What may be written, for people. */
    public static final String WRITTEN = "write it like 10m, 1h30m, 2d, yesterday, 05:49, 2025-10-30,"
            + " '2025-10-30 05:49' or 2025-10-30T05:49:11+07:00";

    private static final int LONGEST = 60;
    private static final Pattern SPAN =
            Pattern.compile("(?=[0-9])(?:([0-9]{1,6})w)?(?:([0-9]{1,6})d)?(?:([0-9]{1,6})h)?(?:([0-9]{1,6})m)?"
                    + "(?:([0-9]{1,9})s)?(?: ago)?");
    private static final Duration[] UNITS = {
        Duration.ofDays(7), Duration.ofDays(1), Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofSeconds(1)
    };
    private static final Pattern TIME = Pattern.compile("([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?");
    private static final Pattern DATE = Pattern.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})");

    private Moment() {}

    /** Which of two days is meant by a time of day alone. */
    public enum TimeOfDay {
        /** The last one that has been: today's, or yesterday's. */
        LAST,
        /** Today's, even if it is still to come. */
        TODAY
    }

    /**
     * Reads one.
     *
     * @param now what spans are counted back from
     * @param zone of what is written without one; a day begins at its midnight there
     * @return empty if it is none
     */
    public static Optional<Instant> of(String text, TimeOfDay day, Instant now, ZoneId zone) {
        var plain = text.strip().toLowerCase(Locale.ROOT);
        if (plain.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            var here = now.atZone(zone);
            return switch (plain) {
                case "now" -> Optional.of(now);
                case "today" -> Optional.of(midnight(here.toLocalDate(), zone));
                case "yesterday" -> Optional.of(midnight(here.toLocalDate().minusDays(1), zone));
                default ->
                    span(plain, now)
                            .or(() -> timeOfDay(plain, day, here))
                            .or(() -> date(plain, zone))
                            .or(() -> dateAndTime(text.strip(), now, zone));
            };
        } catch (DateTimeException | ArithmeticException e) {
            // The 30th of February, 25 o'clock, or more than a thousand million years ago.
            return Optional.empty();
        }
    }

    private static Instant midnight(LocalDate date, ZoneId zone) {
        return date.atStartOfDay(zone).toInstant();
    }

    private static Optional<Instant> span(String text, Instant now) {
        var match = SPAN.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        var span = Duration.ZERO;
        for (var i = 0; i < UNITS.length; i++) {
            var count = match.group(i + 1);
            if (count != null) {
                span = span.plus(UNITS[i].multipliedBy(Long.parseLong(count)));
            }
        }
        return Optional.of(now.minus(span));
    }

    private static Optional<Instant> timeOfDay(String text, TimeOfDay day, ZonedDateTime here) {
        var match = TIME.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        var second = match.group(3) == null ? 0 : Integer.parseInt(match.group(3));
        var time = LocalTime.of(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)), second);
        var today = here.with(time);
        return Optional.of((day == TimeOfDay.LAST && today.isAfter(here) ? today.minusDays(1) : today).toInstant());
    }

    private static Optional<Instant> date(String text, ZoneId zone) {
        var match = DATE.matcher(text);
        return match.matches() ? Optional.of(midnight(LocalDate.parse(text), zone)) : Optional.empty();
    }

    private static Optional<Instant> dateAndTime(String text, Instant now, ZoneId zone) {
        return new LineTimes(zone).whole(text, now);
    }
}
