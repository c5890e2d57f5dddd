package dev.steward.supervise;

import dev.steward.audit.AuditEvent;
import dev.steward.store.IncidentChange;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which changes of incidents the audit trail is told: that one was opened, and that it was resolved. One that is seen once more is no
 * news, nor is the end of one that was not open. Thread-safe.
 */
final class IncidentNews {
    private final Set<Key> open = ConcurrentHashMap.newKeySet();

    private record Key(String subject, String cause) {}

    /** Whether it was not open already. */
    boolean opens(String subject, String cause) {
        return open.add(new Key(subject, cause));
    }

    Optional<AuditEvent> of(IncidentChange change) {
        return switch (change) {
            case IncidentChange.Open(String subject, String cause, String detail, var _) ->
                opens(subject, cause) ? Optional.of(told("incident_opened", subject, cause, detail)) : Optional.empty();
            case IncidentChange.Resolve(String subject, String cause, var _) ->
                open.remove(new Key(subject, cause))
                        ? Optional.of(told("incident_resolved", subject, cause, ""))
                        : Optional.empty();
        };
    }

    private static AuditEvent told(String event, String subject, String cause, String detail) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("subject", subject);
        fields.put("cause", cause);
        if (!detail.isEmpty()) {
            fields.put("detail", detail);
        }
        return new AuditEvent(event, fields);
    }
}
