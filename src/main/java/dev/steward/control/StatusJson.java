package dev.steward.control;

import dev.steward.bus.Presence;
import dev.steward.store.AgentRow.Asked;
import dev.steward.store.IncidentRow;
import dev.steward.supervise.AgentStatus;
import dev.steward.supervise.AgentStatus.Running;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JsonGenerator;

/** {@code steward status --json}. Scripts read it: members may be added, and none renamed. */
final class StatusJson {
    private StatusJson() {}

    static void write(Snapshot snapshot, ZoneId zone, JsonGenerator json) {
        var info = snapshot.info();
        json.writeStartObject();
        json.writeObjectPropertyStart("daemon");
        json.writeNumberProperty("pid", info.pid());
        json.writeStringProperty("version", info.version());
        json.writeStringProperty("home", info.home().toString());
        json.writeStringProperty("config", info.config().toString());
        json.writeStringProperty("node", info.node());
        json.writeNumberProperty("uptime_s", info.uptime().toSeconds());
        json.writeName("bus");
        info.bus().ifPresentOrElse(presence -> bus(presence, json), json::writeNull);
        JsonText.texts(json, "problems", info.problems());
        json.writeEndObject();
        json.writeArrayPropertyStart("agents");
        snapshot.agents().forEach(status -> agent(status, json));
        json.writeEndArray();
        InboxTable.write(snapshot.inboxes(), json);
        incidents(snapshot.incidents(), zone, json);
        json.writeEndObject();
    }

    private static void bus(Presence presence, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("kind", presence.kind());
        json.writeBooleanProperty("connected", presence instanceof Presence.Connected);
        json.writeStringProperty("reason", presence instanceof Presence.Away away ? away.reason() : "");
        json.writeEndObject();
    }

    private static void agent(AgentStatus status, JsonGenerator json) {
        var process = status.process();
        json.writeStartObject();
        json.writeStringProperty("name", status.name());
        json.writeStringProperty("label", status.config().label());
        json.writeStringProperty("description", status.config().description());
        json.writeStringProperty("state", status.state());
        json.writeBooleanProperty("ready", status.isUp());
        JsonText.number(json, "pid", number(process.map(Running::pid)));
        JsonText.number(
                json, "uptime_s", number(process.map(running -> running.uptime().toSeconds())));
        json.writeNumberProperty("restarts", status.restarts());
        json.writeNumberProperty("failures", status.failures());
        JsonText.text(json, "last_exit", status.lastExit());
        var heard = status.heard();
        JsonText.number(json, "heartbeat_age_s", number(heard.beatAge().map(Duration::toSeconds)));
        JsonText.number(json, "iter", heard.iter());
        JsonText.text(json, "heartbeat_trouble", filled(heard.trouble()));
        JsonText.text(json, "says", filled(heard.said()));
        json.writeStringProperty("reason", status.reason());
        JsonText.text(json, "incarnation", process.map(Running::incarnation));
        json.writeBooleanProperty("critical", status.config().critical());
        JsonText.text(json, "asked", status.asked().map(StatusJson::word));
        JsonText.texts(json, "incidents", status.incidents());
        json.writeStringProperty("log", status.config().log().toString());
        json.writeEndObject();
    }

    static void incidents(List<IncidentRow> incidents, ZoneId zone, JsonGenerator json) {
        json.writeArrayPropertyStart("incidents");
        for (var incident : incidents) {
            json.writeStartObject();
            json.writeNumberProperty("id", incident.id());
            json.writeStringProperty("subject", incident.subject());
            json.writeStringProperty("cause", incident.cause());
            json.writeStringProperty("detail", incident.detail());
            json.writeStringProperty("opened", Times.forPrograms(incident.opened(), zone));
            json.writeStringProperty("updated", Times.forPrograms(incident.updated(), zone));
            JsonText.text(json, "resolved", incident.resolved().map(at -> Times.forPrograms(at, zone)));
            json.writeNumberProperty("count", incident.count());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static Optional<String> filled(String text) {
        return Optional.of(text).filter(it -> !it.isEmpty());
    }

    static String word(Asked asked) {
        return asked.name().toLowerCase(Locale.ROOT);
    }

    private static OptionalLong number(Optional<Long> value) {
        return value.map(OptionalLong::of).orElse(OptionalLong.empty());
    }
}
