package dev.steward.store;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that somebody should know of: opened once a cause, updated while it lasts, resolved.
 *
 * @param id given by the store; 0 before it is written
 * @param subject the agent's name, or {@code daemon}
 * @param cause a word of this program, for example {@code crash-loop}; one incident is open at most for a subject and cause
 * @param count how often it was seen since it was opened
 */
public record IncidentRow(
        long id,
        String subject,
        String cause,
        String detail,
        Instant opened,
        Instant updated,
        Optional<Instant> resolved,
        long count) {}
