package dev.steward.logs.read;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;

/** A time of day as it stands in a line. */
record Clock(int hour, int minute, int second, int nanos) {
    private static final int LEAP_SECOND = 60;

    /** A date as it stands in a line; it may be none. */
    record Day(int year, int month, int day) {}

    /** Takes {@code 05:49}, {@code 05:49:11} or {@code 05:49:11.5}, the fraction by point or comma. */
    static Optional<Clock> at(Cursor at) {
        var hour = at.exactly(2);
        if (hour < 0 || !at.take(':')) {
            return Optional.empty();
        }
        var minute = at.exactly(2);
        if (minute < 0 || at.isDigit()) {
            return Optional.empty();
        }
        if (!at.take(':')) {
            return Optional.of(new Clock(hour, minute, 0, 0));
        }
        var second = at.exactly(2);
        if (second < 0 || at.isDigit()) {
            return Optional.empty();
        }
        var begin = at.position();
        if (at.take('.') || at.take(',')) {
            if (at.isDigit()) {
                return Optional.of(new Clock(hour, minute, second, at.fraction()));
            }
            at.back(begin);
        }
        return Optional.of(new Clock(hour, minute, second, 0));
    }

    /** @throws java.time.DateTimeException if there is no such time */
    Instant on(Day date, ZoneId zone) {
        var leap = second == LEAP_SECOND;
        var time = LocalDateTime.of(
                        date.year(), date.month(), date.day(), hour, minute, leap ? second - 1 : second, nanos)
                .atZone(zone)
                .toInstant();
        return leap ? time.plusSeconds(1) : time;
    }
}
