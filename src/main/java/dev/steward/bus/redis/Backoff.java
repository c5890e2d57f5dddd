package dev.steward.bus.redis;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait after so many failures in a row: doubling, with a jitter, so that the nodes of a fleet do not all come at once. */
record Backoff(RedisPace.Backoff pace, RandomGenerator random) {
    /** @param failures 1 after the first */
    Duration after(int failures) {
        long most = pace.most().toNanos();
        long full = Math.min(most, pace.first().toNanos() << Math.min(failures - 1, 20));
        return Duration.ofNanos(full / 2 + random.nextLong(full / 2 + 1));
    }
}
