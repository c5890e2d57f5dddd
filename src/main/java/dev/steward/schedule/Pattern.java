package dev.steward.schedule;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Collection;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Times of a calendar: each minute of these days whose parts are among these.
 *
 * @param hours 0 to 23, not empty
 * @param minutes 0 to 59, not empty
 */
public record Pattern(Days days, NavigableSet<Integer> hours, NavigableSet<Integer> minutes) {
    private static final int HOURS = 24;
    private static final int MINUTES = 60;

    /** February 29 on a given day of the week comes once in 28 years, and once in forty where a century has no leap day. */
    private static final int LONGEST_YEARS = 41;

    public Pattern {
        hours = within("hours", hours, 0, HOURS - 1);
        minutes = within("minutes", minutes, 0, MINUTES - 1);
    }

    /** A copy of these numbers, which must not be empty nor lie outside. */
    static NavigableSet<Integer> within(String what, Collection<Integer> numbers, int least, int most) {
        var sorted = new TreeSet<>(numbers);
        if (sorted.isEmpty() || sorted.first() < least || sorted.last() > most) {
            throw new IllegalArgumentException(what + " " + numbers + " are not some of " + least + " to " + most);
        }
        return Collections.unmodifiableNavigableSet(sorted);
    }

    /** The first one later than this; empty if there is none in this life. */
    Optional<LocalDateTime> next(LocalDateTime after) {
        var today = after.toLocalDate();
        if (days.fits(today)) {
            var later = later(after.toLocalTime());
            if (later.isPresent()) {
                return later.map(today::atTime);
            }
        }
        return nextDay(today).map(day -> day.atTime(hours.first(), minutes.first()));
    }

    private Optional<LocalTime> later(LocalTime after) {
        var minute = minutes.higher(after.getMinute());
        if (minute != null && hours.contains(after.getHour())) {
            return Optional.of(LocalTime.of(after.getHour(), minute));
        }
        return Optional.ofNullable(hours.higher(after.getHour())).map(hour -> LocalTime.of(hour, minutes.first()));
    }

    private Optional<LocalDate> nextDay(LocalDate after) {
        var last = after.plusYears(LONGEST_YEARS);
        for (var day = after.plusDays(1); day.isBefore(last); ) {
            if (days.fits(day)) {
                return Optional.of(day);
            }
            day = days.hasMonthOf(day) ? day.plusDays(1) : day.plusMonths(1).withDayOfMonth(1);
        }
        return Optional.empty();
    }
}
