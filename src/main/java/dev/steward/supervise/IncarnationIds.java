package dev.steward.supervise;

import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes ids of incarnations: UUIDs of version 7, which sort by time. See RFC 9562, 5.7. */
final class IncarnationIds {
    private final InstantSource clock;
    private final RandomGenerator random;

    IncarnationIds(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    String next() {
        var high = (clock.millis() << 16) | 0x7000 | (random.nextLong() & 0x0fff);
        var low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
