package dev.steward.supervise;

import dev.steward.posix.Identity;
import java.time.Instant;

/**
 * One process of an agent.
 *
 * @param id UUIDv7, in the process's {@code STEWARD_INCARNATION}
 * @param started by the wall clock, for people
 * @param startedNanos by the monotonic clock of this daemon, for measuring
 */
record Incarnation(String id, Identity identity, Instant started, long startedNanos) {
    long pid() {
        return identity.pid();
    }

    /** The same, in another main process. */
    Incarnation of(Identity main) {
        return new Incarnation(id, main, started, startedNanos);
    }
}
