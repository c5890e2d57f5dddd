package dev.steward.control;

import dev.steward.bus.Presence;
import dev.steward.control.Cell.Look;
import dev.steward.supervise.AgentStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** {@code steward status} for people: what is wrong stands at the top and in the last line, the rest in columns. */
final class StatusText {
    private static final String NONE = "-";

    private final Snapshot snapshot;
    private final boolean colour;
    private final StringBuilder out = new StringBuilder();

    private StatusText(Snapshot snapshot, boolean colour) {
        this.snapshot = snapshot;
        this.colour = colour;
    }

    static String of(Snapshot snapshot, boolean colour) {
        var text = new StatusText(snapshot, colour);
        text.daemon();
        text.agents();
        InboxTable.appendTo(text.out, snapshot.inboxes(), colour);
        text.incidents();
        text.summary();
        return text.out.toString();
    }

    private void daemon() {
        var info = snapshot.info();
        line(
                Look.HEAD,
                info.node() + "  daemon up " + Times.span(info.uptime()) + ", pid " + info.pid() + ", steward "
                        + info.version());
        info.bus().ifPresent(this::bus);
        for (var problem : info.problems()) {
            line(Look.BAD, "PROBLEM  " + problem);
        }
        if (!info.ready()) {
            line(Look.ATTENTION, "The daemon is starting; agents come next.");
        }
        out.append('\n');
    }

    private void bus(Presence presence) {
        switch (presence) {
            case Presence.Connected _ -> line(Look.PLAIN, "bus " + presence.kind() + ", connected");
            // Why, the problems say.
            case Presence.Away _ -> line(Look.BAD, "bus " + presence.kind() + ", away");
        }
    }

    private void agents() {
        if (snapshot.agents().isEmpty()) {
            out.append("No agents. Write them into ")
                    .append(snapshot.info().config())
                    .append(", then: steward reload\n");
            return;
        }
        var table = Table.of("NAME", "STATE", "PID", "UPTIME", "RESTARTS", "FAILURES", "HEARTBEAT", "NOTE");
        for (var status : snapshot.agents()) {
            var process = status.process();
            table.add(List.of(
                    Cell.plain(status.name()),
                    Cell.ofState(status.state()),
                    Cell.plain(
                            process.map(running -> Long.toString(running.pid())).orElse(NONE)),
                    Cell.plain(
                            process.map(running -> Times.span(running.uptime())).orElse(NONE)),
                    count(status.restarts(), Look.PLAIN),
                    count(status.failures(), Look.ATTENTION),
                    heartbeat(status),
                    Cell.plain(note(status))));
        }
        table.appendTo(out, colour);
    }

    private static Cell count(long number, Look look) {
        return new Cell(Long.toString(number), number == 0 ? Look.PLAIN : look);
    }

    private static Cell heartbeat(AgentStatus status) {
        if (status.config().heartbeat().isEmpty() || status.process().isEmpty()) {
            return Cell.plain(NONE);
        }
        var age = status.heard().beatAge();
        if (age.isEmpty()) {
            return new Cell("unknown", Look.ATTENTION);
        }
        var iter = status.heard().iter();
        var number = iter.isPresent() ? " #" + iter.getAsLong() : "";
        var look = status.heard().trouble().isEmpty() ? Look.PLAIN : Look.ATTENTION;
        return new Cell(Times.span(age.get()) + " ago" + number, look);
    }

    /** An agent that is up needs no reason, unless something happened to it. */
    private static String note(AgentStatus status) {
        var notes = new ArrayList<String>();
        if (!status.incidents().isEmpty()) {
            notes.add("incident: " + String.join(", ", status.incidents()));
        }
        if (!status.isUp() && !status.reason().isEmpty()) {
            notes.add(status.reason());
        }
        if (!status.heard().trouble().isEmpty()) {
            notes.add(status.heard().trouble());
        }
        if (!status.heard().said().isEmpty()) {
            notes.add("says: " + status.heard().said());
        }
        var last = status.lastExit();
        if (last.isPresent() && !status.reason().contains(last.get())) {
            notes.add("last: " + last.get());
        }
        return Plain.of(String.join("; ", notes));
    }

    private void incidents() {
        var known = snapshot.agents().stream().map(AgentStatus::name).collect(Collectors.toSet());
        for (var incident : snapshot.incidents()) {
            if (!known.contains(incident.subject())) {
                line(Look.BAD, "INCIDENT  " + incident.subject() + ": " + incident.cause() + ": " + incident.detail());
            }
        }
    }

    private void summary() {
        var states = new LinkedHashMap<String, Integer>();
        for (var state : List.of("up", "starting", "stopping", "backing_off", "failed", "stopped", "ended")) {
            states.put(state, 0);
        }
        snapshot.agents().forEach(status -> states.merge(status.state(), 1, Integer::sum));
        var parts = new ArrayList<String>();
        states.forEach((state, count) -> {
            if (count > 0) {
                parts.add(count + " " + state.replace('_', ' '));
            }
        });
        var incidents = snapshot.incidents().size();
        if (incidents > 0) {
            parts.add(incidents + (incidents == 1 ? " incident" : " incidents"));
        }
        if (!parts.isEmpty()) {
            out.append('\n').append(String.join(", ", parts)).append('\n');
        }
    }

    private void line(Look look, String text) {
        out.append(look.dress(Plain.of(text), colour)).append('\n');
    }
}
