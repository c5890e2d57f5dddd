package dev.steward.audit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Something to be recorded. It is copied deeply and checked here, where the mistake is made, so that appending can't fail for it.
 *
 * @param event a word of this program, for example {@code wo_drop}
 * @param fields in the order in which they are written: strings, numbers, booleans, lists and maps of these. A string over 16 KiB
 *     is cut, and says so
 */
public record AuditEvent(String event, Map<String, Object> fields) {
    private static final Set<String> OWN = Set.of("seq", "ts", "event", "prev");

    /**
     * @throws IllegalArgumentException for a field that the trail itself writes ({@code seq}, {@code ts}, {@code event}, {@code
     *     prev}), for a value of another type, and for nesting deeper than 16
     */
    public AuditEvent {
        if (event.isBlank()) {
            throw new IllegalArgumentException("an audit event has no name");
        }
        var copy = new LinkedHashMap<String, Object>();
        fields.forEach((name, value) -> {
            if (OWN.contains(name)) {
                throw new IllegalArgumentException(
                        "audit event " + event + ": the trail itself writes the field " + name);
            }
            copy.put(name, Values.copy(value));
        });
        fields = Collections.unmodifiableMap(copy);
    }
}
