package dev.steward.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Times of a schedule that passed. A machine that slept for a year is not asked for each second of it.
 *
 * @param latest the last ones, oldest first, {@link Due#MOST} at most
 * @param count of all, {@link Due#COUNTED} at most
 */
record Passed(List<Instant> latest, int count) {
    private static final Duration FIRST_LOOK = Duration.ofSeconds(1);

    static Passed of(Schedule schedule, Instant anchor, Instant after, Instant now) {
        var all = walk(schedule, anchor, after, now);
        return all.count < Due.COUNTED ? all : new Passed(latest(schedule, anchor, after, now), all.count);
    }

    /** Looks back twice as far each time, until there are enough. */
    private static List<Instant> latest(Schedule schedule, Instant anchor, Instant after, Instant now) {
        for (var back = FIRST_LOOK; ; back = back.multipliedBy(2)) {
            var from = now.minus(back);
            var seen = walk(schedule, anchor, from.isAfter(after) ? from : after, now);
            if (seen.latest.size() >= Due.MOST || !from.isAfter(after)) {
                return seen.latest;
            }
        }
    }

    private static Passed walk(Schedule schedule, Instant anchor, Instant after, Instant now) {
        var latest = new ArrayDeque<Instant>();
        var count = 0;
        var at = schedule.next(after, anchor);
        while (count < Due.COUNTED && at.isPresent() && !at.get().isAfter(now)) {
            count++;
            latest.add(at.get());
            if (latest.size() > Due.MOST) {
                latest.remove();
            }
            at = schedule.next(at.get(), anchor);
        }
        return new Passed(List.copyOf(latest), count);
    }
}
