package dev.steward.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is due of a schedule at one moment. Pure.
 *
 * @param runs the times for which the job is to be run now, oldest first
 * @param letGo how many times passed for which it is not run; at most {@link #COUNTED}, of which there may be more
 * @param next when to ask again; empty: never
 */
public record Due(List<Instant> runs, int letGo, Optional<Instant> next) {
    /** No more runs are made up for at once. */
    public static final int MOST = 100;

    /** Beyond so many, times that passed are not counted. */
    public static final int COUNTED = 10_000;

    /** Who asks so soon after a time is no later than timers are. */
    private static final Duration PUNCTUAL = Duration.ofSeconds(10);

    /**
     * Looks at what passed.
     *
     * @param anchor see {@link Schedule#next}
     * @param handled the time up to which was asked before: nothing is given twice
     */
    public static Due of(Schedule schedule, Instant anchor, Instant handled, Instant now, Lateness lateness) {
        var passed = Passed.of(schedule, anchor, handled, now);
        var runs = passed.latest().isEmpty() ? List.<Instant>of() : runs(passed.latest(), now, lateness);
        return new Due(runs, passed.count() - runs.size(), schedule.next(now, anchor));
    }

    private static List<Instant> runs(List<Instant> latest, Instant now, Lateness lateness) {
        var last = latest.getLast();
        boolean punctual = isWithin(last, now, PUNCTUAL);
        // Without a grace, one is late when the next has come, so that the last one alone is not.
        var inTime = latest.stream()
                .filter(time -> lateness.grace()
                        .map(grace -> isWithin(time, now, grace))
                        .orElse(time.equals(last)))
                .toList();
        return switch (lateness.missed()) {
            case SKIP -> punctual ? List.of(last) : List.of();
            case ONCE -> punctual || !inTime.isEmpty() ? List.of(last) : List.of();
            case ALL -> inTime.isEmpty() && punctual ? List.of(last) : inTime;
        };
    }

    private static boolean isWithin(Instant time, Instant now, Duration most) {
        return Duration.between(time, now).compareTo(most) <= 0;
    }
}
