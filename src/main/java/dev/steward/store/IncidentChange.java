package dev.steward.store;

import java.time.Instant;

/** What happened to an incident. One is open at most for a subject and cause. */
public sealed interface IncidentChange {
    /** Opens an incident. If it is open already it is seen once more: its count grows, detail and time are these. */
    record Open(String subject, String cause, String detail, Instant at) implements IncidentChange {}

    /** Resolves the open incident; changes nothing if none is open. */
    record Resolve(String subject, String cause, Instant at) implements IncidentChange {}
}
