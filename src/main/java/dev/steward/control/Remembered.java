package dev.steward.control;

import dev.steward.store.AgentRow;
import dev.steward.store.IncarnationRow;
import dev.steward.store.IncidentRow;
import dev.steward.store.StateReader;
import dev.steward.store.StoreException;
import dev.steward.store.TransitionRow;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/** Shows what a node remembers, the same way with a daemon and without. Any thread. */
public final class Remembered {
    private static final int MOST_INCIDENTS = 1000;
    private static final Set<String> WITH_PROCESS = Set.of("starting", "up", "stopping");

    private final StateReader state;
    private final ZoneId zone;

    public Remembered(StateReader state, ZoneId zone) {
        this.state = state;
        this.zone = zone;
    }

    /** One line a transition, oldest first; empty if there is none. */
    public String historyText(String agent, int limit) throws StoreException {
        var text = new StringBuilder();
        state.history(agent, limit)
                .forEach(row -> text.append(Transition.text(row, zone)).append('\n'));
        return text.toString();
    }

    /** The same as a JSON array. */
    public String historyJson(String agent, int limit) throws StoreException {
        var rows = state.history(agent, limit);
        return JsonText.of(json -> {
            json.writeStartArray();
            rows.forEach(row -> Transition.json(row, zone, json));
            json.writeEndArray();
        });
    }

    /** The last transitions of all agents, oldest first. */
    public Events lastEvents(int limit, boolean asJson) throws StoreException {
        var last = state.lastSeq();
        return limit == 0 ? new Events(List.of(), last) : eventsAfter(Math.max(0, last - limit), limit, asJson);
    }

    /** The transitions of all agents after that one, oldest first. */
    public Events eventsAfter(long seq, int limit, boolean asJson) throws StoreException {
        var rows = state.transitionsAfter(seq, limit);
        var lines = rows.stream().map(row -> line(row, asJson)).toList();
        return new Events(lines, rows.isEmpty() ? seq : rows.getLast().seq());
    }

    /**
     * Some transitions, shown.
     *
     * @param last the number of the last of them, to go on from
     */
    public record Events(List<String> lines, long last) {}

    /**
     * The agents as they were last known, since the daemon cannot be asked; the first line says so.
     *
     * @param why that is, as a sentence without its end
     */
    public String lastKnownText(String why) throws StoreException {
        var text = new StringBuilder(why + "; last known states" + lastTime() + ":\n\n");
        var table = Table.of("NAME", "STATE", "PID", "RESTARTS", "FAILURES", "NOTE");
        for (var agent : state.agents()) {
            table.add(List.of(
                    Cell.plain(agent.name()),
                    Cell.plain("was " + agent.state()),
                    Cell.plain(pid(agent).map(String::valueOf).orElse("-")),
                    Cell.plain(Long.toString(agent.restarts())),
                    Cell.plain(Long.toString(agent.failures())),
                    Cell.plain(Plain.of(agent.reason()))));
        }
        table.appendTo(text, false);
        return text.toString();
    }

    /** The same in the shape of {@code status --json}, with {@code null} for the daemon and for whatever only it knows. */
    public String lastKnownJson() throws StoreException {
        var agents = state.agents();
        var incidents = incidents(true);
        return JsonText.of(json -> {
            json.writeStartObject();
            json.writeNullProperty("daemon");
            json.writeArrayPropertyStart("agents");
            agents.forEach(agent -> agent(agent, json));
            json.writeEndArray();
            json.writeNullProperty("inboxes");
            StatusJson.incidents(incidents, zone, json);
            json.writeEndObject();
        });
    }

    /** One line a log, for people; empty if nothing is known of any. */
    public String rotationsText() throws StoreException {
        return RotationRows.text(state.rotations(), zone);
    }

    /** The same as a JSON array. */
    public String rotationsJson() throws StoreException {
        var rows = state.rotations();
        return JsonText.of(json -> {
            json.writeStartArray();
            rows.forEach(row -> RotationJson.row(row, zone, json));
            json.writeEndArray();
        });
    }

    List<IncidentRow> incidents(boolean openOnly) throws StoreException {
        return state.incidents(openOnly, MOST_INCIDENTS);
    }

    private static void agent(AgentRow agent, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("name", agent.name());
        json.writeNullProperty("label");
        json.writeNullProperty("description");
        json.writeStringProperty("state", agent.state());
        json.writeNullProperty("ready");
        JsonText.number(json, "pid", pid(agent).map(OptionalLong::of).orElse(OptionalLong.empty()));
        json.writeNullProperty("uptime_s");
        json.writeNumberProperty("restarts", agent.restarts());
        json.writeNumberProperty("failures", agent.failures());
        JsonText.text(json, "last_exit", agent.lastExit());
        json.writeNullProperty("heartbeat_age_s");
        json.writeNullProperty("iter");
        json.writeStringProperty("reason", agent.reason());
        JsonText.text(json, "incarnation", agent.incarnation().map(IncarnationRow::id));
        json.writeNullProperty("critical");
        JsonText.text(json, "asked", agent.asked().map(StatusJson::word));
        json.writeNullProperty("incidents");
        json.writeNullProperty("log");
        json.writeEndObject();
    }

    /** The last incarnation is remembered after its end, too. */
    private static Optional<Long> pid(AgentRow agent) {
        return agent.incarnation()
                .filter(_ -> WITH_PROCESS.contains(agent.state()))
                .map(incarnation -> incarnation.identity().pid());
    }

    private String lastTime() throws StoreException {
        var last = state.lastSeq();
        var rows = last == 0 ? List.<TransitionRow>of() : state.transitionsAfter(last - 1, 1);
        return rows.isEmpty() ? "" : " of " + Times.forPeople(rows.getLast().at(), zone);
    }

    private String line(TransitionRow row, boolean asJson) {
        return asJson ? JsonText.of(json -> Transition.json(row, zone, json)) : Transition.text(row, zone);
    }
}
