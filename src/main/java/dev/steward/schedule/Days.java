package dev.steward.schedule;

import java.time.LocalDate;
import java.util.NavigableSet;

/**
 * Days of a calendar.
 *
 * @param ofMonth 1 to 31
 * @param months 1 to 12
 * @param ofWeek 1 (Monday) to 7, as ISO 8601 counts them
 * @param either whether a day fits that is in one of {@code ofMonth} and {@code ofWeek}, as crontab(5) and launchd.plist(5) have it where
 *     both are given; else it has to be in both
 */
public record Days(
        NavigableSet<Integer> ofMonth, NavigableSet<Integer> months, NavigableSet<Integer> ofWeek, boolean either) {
    private static final int LAST_OF_MONTH = 31;
    private static final int LAST_MONTH = 12;
    private static final int LAST_OF_WEEK = 7;

    public Days {
        ofMonth = Pattern.within("days of a month", ofMonth, 1, LAST_OF_MONTH);
        months = Pattern.within("months", months, 1, LAST_MONTH);
        ofWeek = Pattern.within("days of a week", ofWeek, 1, LAST_OF_WEEK);
    }

    boolean fits(LocalDate day) {
        boolean monthly = ofMonth.contains(day.getDayOfMonth());
        boolean weekly = ofWeek.contains(day.getDayOfWeek().getValue());
        return hasMonthOf(day) && (either ? monthly || weekly : monthly && weekly);
    }

    boolean hasMonthOf(LocalDate day) {
        return months.contains(day.getMonthValue());
    }
}
