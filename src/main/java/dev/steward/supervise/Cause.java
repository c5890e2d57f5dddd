package dev.steward.supervise;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why supervision opens an incident. */
enum Cause {
    /** Too many failures within a time, or one after the other. */
    CRASH_LOOP,
    /** Too many restarts within a time, though it was ready each time. */
    RESTART_STORM,
    /** It cannot be started at all. */
    CANNOT_START,
    /** It ended badly, and {@code keep_alive} says that it stays so. */
    ENDED_BADLY,
    /** Something of it lives on that could not be ended. */
    LEFTOVERS,
    /** It is up, and its heartbeat is overdue. */
    STALE_HEARTBEAT,
    /** It said itself that it failed. */
    REPORTED_FAILURE;

    /** As it stands in the store and the audit trail: {@code crash-loop}. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The cause that is written so; empty if it is somebody else's. */
    static Optional<Cause> of(String word) {
        return Arrays.stream(values())
                .filter(cause -> cause.word().equals(word))
                .findFirst();
    }
}
