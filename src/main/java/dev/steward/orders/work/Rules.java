package dev.steward.orders.work;

import dev.steward.config.Backoff;
import dev.steward.config.WorkerConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What holds for attempts at an order. Pure.
 *
 * @param timeout how long an attempt may take; empty: as long as it likes
 * @param retries how many attempts may follow the first one that failed; empty: as many as are needed
 */
record Rules(Optional<Duration> timeout, Optional<Integer> retries, Backoff backoff) {
    static Rules of(WorkerConfig worker) {
        return new Rules(Optional.of(worker.timeout()), Optional.of(worker.retries()), worker.backoff());
    }

    /** For a handler that outlived its worker's section: without rules nobody says that an order is dead. */
    static Rules none() {
        return new Rules(Optional.empty(), Optional.empty(), new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5)));
    }

    /**
     * When the next attempt may begin after this one has failed; empty: none will.
     *
     * @param failures how many attempts have failed, this one among them; those that were interrupted did not
     */
    Optional<Instant> again(int failures, Instant now) {
        return retries.isPresent() && failures > retries.get()
                ? Optional.empty()
                : Optional.of(now.plus(pause(failures)));
    }

    /** The first pause, doubled by each further failure, up to the longest. */
    Duration pause(int failures) {
        var pause = backoff.first();
        for (var failed = 1; failed < failures && pause.compareTo(backoff.max()) < 0; failed++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(backoff.max()) < 0 ? pause : backoff.max();
    }
}
