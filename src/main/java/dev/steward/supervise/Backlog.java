package dev.steward.supervise;

import dev.steward.audit.AuditEvent;
import dev.steward.store.AgentRow;
import dev.steward.store.Batch;
import dev.steward.store.IncidentChange;
import dev.steward.store.TransitionRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is still to be written. Of an agent only the last row counts. Bounded: the newest is worth more than the oldest. */
final class Backlog {
    private final int most;
    private final Map<String, AgentRow> agents = new LinkedHashMap<>();
    private final Set<String> removed = new LinkedHashSet<>();
    private final List<TransitionRow> transitions = new ArrayList<>();
    private final List<IncidentChange> incidents = new ArrayList<>();
    private final List<AuditEvent> events = new ArrayList<>();
    private long dropped;

    /** @param most how many transitions, incidents and audit events each are kept */
    Backlog(int most) {
        this.most = most;
    }

    void transition(TransitionRow row, AgentRow agent) {
        agent(agent);
        bounded(transitions, row);
        audit(new AuditEvent("agent_transition", fields(row)));
    }

    void agent(AgentRow row) {
        removed.remove(row.name());
        agents.put(row.name(), row);
    }

    void remove(String agent) {
        agents.remove(agent);
        removed.add(agent);
    }

    void incident(IncidentChange change) {
        bounded(incidents, change);
    }

    void audit(AuditEvent event) {
        bounded(events, event);
    }

    private <T> void bounded(List<T> list, T item) {
        if (list.size() >= most) {
            var half = list.subList(0, Math.max(1, most / 2));
            dropped += half.size();
            half.clear();
        }
        list.add(item);
    }

    /** Adds what came later. */
    void addAll(Backlog later) {
        later.removed.forEach(this::remove);
        later.agents.values().forEach(this::agent);
        later.transitions.forEach(row -> bounded(transitions, row));
        later.incidents.forEach(change -> bounded(incidents, change));
        later.events.forEach(event -> bounded(events, event));
        dropped += later.dropped;
    }

    Batch batch() {
        return new Batch(List.copyOf(agents.values()), List.copyOf(removed), transitions, incidents);
    }

    void batchWritten() {
        agents.clear();
        removed.clear();
        transitions.clear();
        incidents.clear();
    }

    List<AuditEvent> events() {
        return List.copyOf(events);
    }

    void eventsWritten() {
        events.clear();
    }

    List<TransitionRow> transitions() {
        return List.copyOf(transitions);
    }

    boolean isEmpty() {
        return agents.isEmpty()
                && removed.isEmpty()
                && transitions.isEmpty()
                && incidents.isEmpty()
                && events.isEmpty();
    }

    /** How many were given up since the last call, for nothing could be written for so long. */
    long takeDropped() {
        var count = dropped;
        dropped = 0;
        return count;
    }

    private static Map<String, Object> fields(TransitionRow row) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("agent", row.agent());
        fields.put("from", row.from());
        fields.put("to", row.to());
        fields.put("reason", row.reason());
        row.incarnation().ifPresent(id -> fields.put("incarnation", id));
        row.pid().ifPresent(pid -> fields.put("pid", pid));
        fields.put("monotonic_ns", row.monotonicNanos());
        return fields;
    }
}
