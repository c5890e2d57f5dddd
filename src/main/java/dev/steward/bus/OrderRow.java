package dev.steward.bus;

import java.time.Instant;
import java.util.Optional;

/**
 * What this node knows of an order.
 *
 * @param seq grows with each order that this node learns of
 * @param origin how this node came to know it
 * @param here whether it lies in an inbox of this node, whatever the node was called when it was delivered
 * @param reason why it is in its state, for people; empty if there is nothing to say
 * @param attempt how often work on it began; 0 before the first
 * @param failures how many attempts failed; those that were interrupted did not
 * @param due when the next attempt may begin
 * @param bodySize in bytes
 */
public record OrderRow(
        long seq,
        Heading heading,
        Origin origin,
        boolean here,
        OrderState state,
        String reason,
        int attempt,
        int failures,
        Optional<Instant> due,
        Optional<Work> work,
        Optional<Acknowledgement> acknowledgement,
        Optional<Result> result,
        Hashes hashes,
        long bodySize,
        Instant since,
        Instant changed) {
    /** How a node comes to know an order. */
    public enum Origin {
        /** It was dropped here. */
        DROPPED_HERE,
        /** It came over Redis. */
        BUS,
        /** Its complete folder was found in an inbox. */
        FOUND
    }

    /** SHA-256 of envelope and payload, in lower-case hexadecimal. */
    public record Hashes(String wo, String body) {}
}
