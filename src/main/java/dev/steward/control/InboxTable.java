package dev.steward.control;

import dev.steward.bus.OrderState;
import dev.steward.control.Cell.Look;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Inboxes in {@code steward status}, each with who receives it, who works on it, and how many orders are in which state. */
final class InboxTable {
    private static final List<OrderState> STATES =
            List.of(OrderState.DROPPED, OrderState.DELIVERED, OrderState.WORKING, OrderState.FAILED, OrderState.DEAD);

    private InboxTable() {}

    /** One table; nothing if there are no inboxes. */
    static void appendTo(StringBuilder out, List<InboxStatus> inboxes, boolean colour) {
        if (inboxes.isEmpty()) {
            return;
        }
        var head = new ArrayList<>(List.of("INBOX", "RECEIVER", "WORKER"));
        STATES.forEach(state -> head.add(state.name()));
        var table = Table.of(head.toArray(String[]::new));
        for (var inbox : inboxes) {
            var row = new ArrayList<>(List.of(
                    Cell.plain(inbox.use().inbox()),
                    Cell.plain(inbox.use().agent().map(name -> "agent " + name).orElse("daemon")),
                    Cell.plain(inbox.use().worker().orElse("-"))));
            STATES.forEach(state -> row.add(new Cell(Long.toString(inbox.in(state)), look(state, inbox.in(state)))));
            table.add(row);
        }
        out.append('\n');
        table.appendTo(out, colour);
    }

    private static Look look(OrderState state, long count) {
        return count > 0 && (state == OrderState.FAILED || state == OrderState.DEAD) ? Look.ATTENTION : Look.PLAIN;
    }

    static void write(List<InboxStatus> inboxes, JsonGenerator json) {
        json.writeArrayPropertyStart("inboxes");
        for (var inbox : inboxes) {
            json.writeStartObject();
            json.writeStringProperty("inbox", inbox.use().inbox());
            JsonText.text(json, "agent", inbox.use().agent());
            JsonText.text(json, "worker", inbox.use().worker());
            json.writeObjectPropertyStart("orders");
            STATES.forEach(state -> json.writeNumberProperty(state.word(), inbox.in(state)));
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
