package dev.steward.control;

import dev.steward.logs.Outcome;
import dev.steward.logs.Outcome.Way;
import dev.steward.store.RotationRow;
import dev.steward.store.RotationRow.Failing;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Rotations for programs. Scripts read it: members may be added, and none renamed. */
final class RotationJson {
    private RotationJson() {}

    /** What came of one log just now. */
    static void outcome(Outcome outcome, ZoneId zone, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("log", outcome.log().toString());
        json.writeStringProperty("result", outcome.result().word());
        JsonText.text(json, "way", outcome.way().map(Way::word));
        json.writeNumberProperty("bytes", outcome.bytes());
        JsonText.text(json, "archive", outcome.archive().map(Path::toString));
        json.writeNumberProperty("took_ms", millis(outcome.took()));
        json.writeStringProperty("lossy", outcome.lossy());
        json.writeNumberProperty("dropped", outcome.dropped());
        json.writeStringProperty("reason", outcome.reason());
        json.writeStringProperty("at", Times.forPrograms(outcome.at(), zone));
        json.writeEndObject();
    }

    /** What is remembered of one log. */
    static void row(RotationRow row, ZoneId zone, JsonGenerator json) {
        var last = row.last();
        json.writeStartObject();
        json.writeStringProperty("log", row.path());
        json.writeStringProperty("result", last.result());
        JsonText.text(json, "way", last.way());
        json.writeNumberProperty("bytes", last.bytes());
        JsonText.text(json, "archive", last.archive());
        json.writeNumberProperty("took_ms", millis(last.took()));
        json.writeStringProperty("lossy", lossy(last.lossy()));
        json.writeStringProperty("reason", last.reason());
        json.writeStringProperty("at", Times.forPrograms(last.at(), zone));
        time(json, "rotated", row.done().last(), zone);
        json.writeNumberProperty("rotations", row.done().rotations());
        json.writeNumberProperty("bytes_total", row.done().bytes());
        time(json, "failing_since", row.failing().map(Failing::since), zone);
        json.writeNumberProperty("failures", row.failing().map(Failing::times).orElse(0L));
        json.writeEndObject();
    }

    private static void time(JsonGenerator json, String name, Optional<Instant> at, ZoneId zone) {
        JsonText.text(json, name, at.map(it -> Times.forPrograms(it, zone)));
    }

    private static String lossy(boolean lossy) {
        return lossy ? "possible" : "no";
    }

    /** With microseconds: a cut takes less than a millisecond. */
    private static BigDecimal millis(Duration took) {
        return BigDecimal.valueOf(took.toNanos() / 1_000, 3);
    }
}
