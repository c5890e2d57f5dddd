package dev.steward.control;

import dev.steward.bus.Acknowledgement;
import dev.steward.bus.OrderRow;
import dev.steward.bus.Result;
import dev.steward.bus.Work;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JsonGenerator;

/** Work orders for programs. Scripts read it: members may be added, and none renamed. */
final class OrderJson {
    private final ZoneId zone;

    OrderJson(ZoneId zone) {
        this.zone = zone;
    }

    /** One of many orders: without what an attempt wrote, which may be long, and without its folder, which takes a look. */
    void row(OrderRow row, JsonGenerator json) {
        json.writeStartObject();
        members(row, false, json);
        json.writeEndObject();
    }

    /**
     * One order with all that is known of it.
     *
     * @param unreceived why it waits, if nobody here receives it
     */
    void whole(OrderRow row, Optional<OrderPlace> place, Optional<String> unreceived, JsonGenerator json) {
        json.writeStartObject();
        members(row, true, json);
        JsonText.text(json, "place", place.map(OrderPlace::place));
        JsonText.text(json, "folder", place.map(it -> it.folder().toString()));
        JsonText.text(json, "unreceived", unreceived);
        json.writeEndObject();
    }

    private void members(OrderRow row, boolean whole, JsonGenerator json) {
        var heading = row.heading();
        json.writeStringProperty("wo_id", heading.id());
        json.writeStringProperty("state", row.state().word());
        json.writeStringProperty("to", heading.to());
        json.writeStringProperty("from", heading.from());
        json.writeStringProperty("priority", heading.priority());
        json.writeStringProperty("title", heading.title());
        json.writeStringProperty("tags", heading.tags());
        json.writeStringProperty("created_at", time(heading.created()));
        json.writeStringProperty("reason", row.reason());
        json.writeNumberProperty("attempt", row.attempt());
        JsonText.text(json, "due", row.due().map(this::time));
        json.writeStringProperty("origin", row.origin().name().toLowerCase(Locale.ROOT));
        json.writeStringProperty("sha256_wo", row.hashes().wo());
        json.writeStringProperty("sha256_body", row.hashes().body());
        json.writeNumberProperty("body_bytes", row.bodySize());
        json.writeStringProperty("since", time(row.since()));
        json.writeStringProperty("changed", time(row.changed()));
        json.writeName("work");
        row.work().ifPresentOrElse(work -> work(work, json), json::writeNull);
        json.writeName("acknowledgement");
        row.acknowledgement().ifPresentOrElse(it -> acknowledgement(it, json), json::writeNull);
        json.writeName("result");
        row.result().ifPresentOrElse(result -> result(result, whole, json), json::writeNull);
    }

    private void work(Work work, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("worker", work.worker());
        json.writeNumberProperty("pid", work.pid());
        json.writeStringProperty("since", time(work.since()));
        json.writeEndObject();
    }

    private void acknowledgement(Acknowledgement acknowledgement, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("by", acknowledgement.by());
        json.writeStringProperty("node", acknowledgement.node());
        JsonText.text(
                json, "incarnation", Optional.of(acknowledgement.incarnation()).filter(it -> !it.isEmpty()));
        json.writeStringProperty("ts", time(acknowledgement.at()));
        json.writeNumberProperty("latency_ms", acknowledgement.latencyMs());
        json.writeEndObject();
    }

    private void result(Result result, boolean whole, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("status", status(result));
        json.writeStringProperty("by", result.by());
        json.writeNumberProperty("attempt", result.attempt());
        json.writeNumberProperty("took_ms", result.took().toMillis());
        var exit = result.exit();
        JsonText.number(json, "exit", exit.isPresent() ? OptionalLong.of(exit.getAsInt()) : OptionalLong.empty());
        json.writeStringProperty("reason", result.reason());
        if (whole) {
            json.writeStringProperty("output", result.output());
        }
        json.writeStringProperty("at", time(result.at()));
        json.writeEndObject();
    }

    /** As other programs know it from {@code wo:result:<WO_ID>}. */
    static String status(Result result) {
        return result.success() ? "success" : "failed";
    }

    private String time(Instant at) {
        return Times.forPrograms(at, zone);
    }
}
