package dev.steward.logs.read;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Times whose month is a word: of syslog, ctime(3), date(1) and Apache. */
final class Months {
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");
    private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
    /** Clocks differ. */
    private static final Duration AHEAD = Duration.ofDays(1);
    /** From one 29th of February to the next, across 2100. */
    private static final int YEARS_BACK = 8;

    private final ZoneId zone;

    Months(ZoneId zone) {
        this.zone = zone;
    }

    /** {@code Nov  3 11:13:32}, {@code Wed Oct 11 14:32:52.123456 2000}, {@code Thu Oct 30 05:49:11 UTC 2025}. */
    Optional<Instant> of(Cursor at, Instant latest) {
        var weekday = oneOf(DAYS, at) >= 0;
        if (weekday && !at.take(' ')) {
            return Optional.empty();
        }
        var month = oneOf(MONTHS, at) + 1;
        if (month == 0 || !at.take(' ')) {
            return Optional.empty();
        }
        at.take(' ');
        var day = at.digits(2);
        if (day.isEmpty() || !at.take(' ')) {
            return Optional.empty();
        }
        var date = new Clock.Day(0, month, (int) day.getAsLong());
        return Clock.at(at)
                .flatMap(clock -> weekday ? withYear(clock, date, at, latest) : inferred(clock, date, latest));
    }

    /** {@code 10/Oct/2000:13:55:36 -0700}. */
    Optional<Instant> ofApache(Cursor at) {
        var day = at.exactly(2);
        if (!at.take('/')) {
            return Optional.empty();
        }
        var month = oneOf(MONTHS, at) + 1;
        if (month == 0 || !at.take('/')) {
            return Optional.empty();
        }
        var year = at.exactly(4);
        if (year < 0 || !at.take(':')) {
            return Optional.empty();
        }
        return Clock.at(at)
                .map(clock ->
                        clock.on(new Clock.Day(year, month, day), Zones.at(at).orElse(zone)));
    }

    private Optional<Instant> withYear(Clock clock, Clock.Day date, Cursor at, Instant latest) {
        var said = Zones.at(at);
        var begin = at.position();
        if (at.take(' ') && said.isEmpty() && at.isLetter()) {
            // A zone's short name means several zones; on this machine, most likely its own.
            while (at.isLetter()) {
                at.skip(1);
            }
            at.take(' ');
        }
        var year = at.digitsAhead() == 4 ? at.exactly(4) : -1;
        if (year < 0) {
            at.back(begin);
            return inferred(clock, date, latest);
        }
        return Optional.of(clock.on(new Clock.Day(year, date.month(), date.day()), said.orElse(zone)));
    }

    /** The last such day before the line was written. */
    private Optional<Instant> inferred(Clock clock, Clock.Day date, Instant latest) {
        var limit = latest.plus(AHEAD);
        var thisYear = latest.atZone(zone).getYear();
        for (var year = thisYear + 1; year >= thisYear - YEARS_BACK; year--) {
            try {
                var time = clock.on(new Clock.Day(year, date.month(), date.day()), zone);
                if (!time.isAfter(limit)) {
                    return Optional.of(time);
                }
            } catch (DateTimeException e) {
                if (date.month() != 2 || date.day() != 29) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static int oneOf(List<String> words, Cursor at) {
        for (var i = 0; i < words.size(); i++) {
            if (at.take(words.get(i))) {
                return i;
            }
        }
        return -1;
    }
}
