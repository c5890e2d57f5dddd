package dev.steward.store;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One change of an agent's state.
 *
 * @param seq given by the store, growing; 0 before it is written
 * @param monotonicNanos the monotonic clock at that moment, comparable within one {@code boot}
 */
public record TransitionRow(
        long seq,
        String agent,
        String from,
        String to,
        String reason,
        Optional<String> incarnation,
        OptionalLong pid,
        Instant at,
        long monotonicNanos,
        String boot) {}
