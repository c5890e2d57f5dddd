package dev.steward.config;

import java.time.Duration;
import java.util.Optional;

/**
 * What holds for every work order of the node.
 *
 * @param maxBody the largest payload that is taken
 * @param archiveAfter so long after its end an order moves from its inbox into the archive; may be nothing
 * @param abandonAfter so long after it was dropped an order that has no end yet is given up; empty: never
 * @param reportUnfinishedAfter so long after its last change a half-written folder in an inbox is reported
 */
public record OrderRules(
        DataSize maxBody,
        Duration archiveAfter,
        Keep keep,
        Optional<Duration> abandonAfter,
        Duration reportUnfinishedAfter) {
    /**
     * Which orders that came to their end are kept; what is beyond either goes, oldest first.
     *
     * @param count orders in the archive; 0 keeps none
     * @param age since the order's end, not shorter than {@code archiveAfter}
     */
    public record Keep(int count, Duration age) {}

    /** What holds where the configuration says nothing. */
    public static OrderRules standard() {
        return new OrderRules(
                new DataSize(2_000_000_000),
                Duration.ofDays(1),
                new Keep(10_000, Duration.ofDays(30)),
                Optional.empty(),
                Duration.ofSeconds(60));
    }
}
