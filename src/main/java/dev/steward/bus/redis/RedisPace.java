package dev.steward.bus.redis;

import java.time.Duration;

/**
 * How long things take and last at most.
 *
 * @param answer how long a server may take to be reached, or to answer
 * @param look how often a silent connection is tried
 * @param takeOver how long a receiver that took an order may show no sign of life before another one is given it
 * @param again how often what nobody acknowledged is looked for in Redis, and sent again if it isn't there
 * @param backoff before the link is tried again
 * @param keep what nobody fetched
 */
public record RedisPace(Duration answer, Duration look, Duration takeOver, Duration again, Backoff backoff, Keep keep) {
    /**
     * Doubles from the first to the most, jittered.
     *
     * @param proof a link that held so long begins with the first again
     */
    public record Backoff(Duration first, Duration most, Duration proof) {}

    /**
     * How long and how much.
     *
     * @param bodies how long large bodies stay, unless their sender renews them
     * @param told how long acknowledgements and results stay for nodes that are away
     * @param most and at most so many of each
     */
    public record Keep(Duration bodies, Duration told, int most) {}

    /** What suits a fleet. */
    public static final RedisPace USUAL = new RedisPace(
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofSeconds(60),
            Duration.ofHours(1),
            new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), Duration.ofSeconds(10)),
            new Keep(Duration.ofDays(7), Duration.ofDays(7), 100_000));
}
