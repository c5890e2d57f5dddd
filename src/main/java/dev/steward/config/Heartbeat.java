package dev.steward.config;

import java.time.Duration;

/**
 * How an agent beats, and when it has not beaten for too long.
 *
 * @param every how often it is to beat
 * @param staleAfter longer than {@code every}: so long after a beat the next one is overdue
 */
public record Heartbeat(Via via, Duration every, Duration staleAfter, OnStale onStale) {
    /** What happens to an agent whose heartbeat is stale. An incident is opened in any case. */
    public enum OnStale {
        /** It is replaced by a new incarnation. */
        RESTART,
        /** It goes on; the incident is resolved by its next beat. */
        REPORT
    }
}
