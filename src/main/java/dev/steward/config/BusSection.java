package dev.steward.config;

import java.util.Optional;

/** The value of {@code bus:} as a section; a single word or address is the same in short, see {@link BusConverter}. */
@Doc("A bus that takes more than an address to tell of.")
record BusSection(
        @Doc("Redis, or what speaks its protocol.") @Otherwise("the embedded bus")
        Optional<RedisSection> redis) {
    static final BusSection EMBEDDED = new BusSection(Optional.empty());

    /** Embedded in place of a Redis that is refused: the check of the other keys goes on. */
    BusConfig toBus() {
        return redis.flatMap(RedisSection::toRedis).orElseGet(BusConfig.Embedded::new);
    }
}
