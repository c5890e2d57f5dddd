package dev.steward.bus;

import java.time.Instant;

/**
 * The receiver's word that the order lies verified in its inbox. Nobody else makes one.
 *
 * @param to the inbox
 * @param by the agent that received it, or {@code steward} for the daemon
 * @param incarnation of the receiver; empty if no daemon started it
 * @param latencyMs from the creation of the order to this, by the wall clock; never negative
 * @param sha256Wo of the envelope's bytes, as they lie in the inbox
 * @param sha256Body of the payload's bytes, as they lie in the inbox
 */
public record Acknowledgement(
        String id,
        String to,
        String by,
        String node,
        String incarnation,
        Instant at,
        long latencyMs,
        String sha256Wo,
        String sha256Body) {}
