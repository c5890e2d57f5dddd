package dev.steward.control;

import dev.steward.store.TransitionRow;
import java.time.ZoneId;
import tools.jackson.core.JsonGenerator;

/** Shows one change of an agent's state. */
final class Transition {
    private Transition() {}

    /** {@code 2025-10-30 05:29:04.123  cls  up -> stopping  pid 42  asked to stop}. */
    static String text(TransitionRow row, ZoneId zone) {
        var pid = row.pid().isPresent() ? "  pid " + row.pid().getAsLong() : "";
        var reason = row.reason().isEmpty() ? "" : "  " + row.reason();
        return Plain.of(Times.forPeople(row.at(), zone) + "  " + row.agent() + "  " + row.from() + " -> " + row.to()
                + pid + reason);
    }

    static void json(TransitionRow row, ZoneId zone, JsonGenerator json) {
        json.writeStartObject();
        json.writeNumberProperty("seq", row.seq());
        json.writeStringProperty("ts", Times.forPrograms(row.at(), zone));
        json.writeStringProperty("agent", row.agent());
        json.writeStringProperty("from", row.from());
        json.writeStringProperty("to", row.to());
        json.writeStringProperty("reason", row.reason());
        JsonText.text(json, "incarnation", row.incarnation());
        JsonText.number(json, "pid", row.pid());
        json.writeNumberProperty("monotonic_ns", row.monotonicNanos());
        json.writeStringProperty("boot", row.boot());
        json.writeEndObject();
    }
}
