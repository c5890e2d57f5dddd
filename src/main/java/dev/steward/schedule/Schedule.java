package dev.steward.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** When a job is due. */
public sealed interface Schedule {
    /**
     * The first time after this one at which it is due.
     *
     * @param anchor when the job became known: a period is counted from it, so that a restart doesn't shift it
     * @return empty if no time is
     */
    Optional<Instant> next(Instant after, Instant anchor);

    /**
     * Again and again, by a period that no clock of a zone changes.
     *
     * @param period more than nothing
     */
    record Every(Duration period) implements Schedule {
        public Every {
            if (period.isNegative() || period.isZero()) {
                throw new IllegalArgumentException("a period of " + period);
            }
        }

        @Override
        public Optional<Instant> next(Instant after, Instant anchor) {
            if (after.isBefore(anchor)) {
                return Optional.of(anchor);
            }
            long times = Duration.between(anchor, after).dividedBy(period) + 1;
            return Optional.of(anchor.plus(period.multipliedBy(times)));
        }
    }

    /**
     * At times of the calendar of a zone, to the minute. One that doesn't exist there, since clocks are put forward, is the next instant
     * that does; one that occurs twice, since clocks are put back, is the first of the two.
     *
     * @param patterns any of them; not empty
     */
    record At(List<Pattern> patterns, ZoneId zone) implements Schedule {
        public At {
            patterns = List.copyOf(patterns);
            if (patterns.isEmpty()) {
                throw new IllegalArgumentException("no pattern");
            }
        }

        @Override
        public Optional<Instant> next(Instant after, Instant anchor) {
            var zoned = new ZoneTime(zone);
            return patterns.stream()
                    .flatMap(pattern -> zoned.next(pattern, after).stream())
                    .min(Instant::compareTo);
        }
    }

    /**
     * Whenever another job has ended.
     *
     * @param job its name
     */
    record After(String job) implements Schedule {
        @Override
        public Optional<Instant> next(Instant after, Instant anchor) {
            return Optional.empty();
        }
    }
}
