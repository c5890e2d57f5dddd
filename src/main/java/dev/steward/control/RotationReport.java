package dev.steward.control;

import dev.steward.logs.Outcome;
import dev.steward.logs.Outcome.Result;
import dev.steward.logs.Outcome.Way;
import dev.steward.logs.Wish;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/** Shows what came of logs that were to be rotated, the same way with a daemon and without. One thread. */
public final class RotationReport {
    private final Wish wish;
    private final ZoneId zone;
    private final List<Outcome> outcomes = new ArrayList<>();

    public RotationReport(Wish wish, ZoneId zone) {
        this.wish = wish;
        this.zone = zone;
    }

    /** Takes the next, and gives it as one line of JSON. */
    public String add(Outcome outcome) {
        outcomes.add(outcome);
        return JsonText.of(json -> RotationJson.outcome(outcome, zone, json));
    }

    /** How many logs were looked at. */
    public int count() {
        return outcomes.size();
    }

    /** How many of them somebody else holds. */
    public int busy() {
        return count(Result.BUSY);
    }

    /** Whether nothing failed. What must not be touched counts only where somebody named it: a glob may find such things. */
    public boolean isWell() {
        return outcomes.stream().noneMatch(this::isBad);
    }

    private boolean isBad(Outcome outcome) {
        return switch (outcome.result()) {
            case FAILED -> true;
            case LEFT_ALONE -> !wish.paths().isEmpty();
            case ROTATED, WOULD_ROTATE, NOT_DUE, BUSY -> false;
        };
    }

    /** What else people should know, in one or more lines. */
    public Optional<String> remark(LogRotation rotation) {
        if (!wish.paths().isEmpty()) {
            return Optional.empty();
        }
        var logs = outcomes.stream().map(Outcome::log).toList();
        var lines = new ArrayList<String>();
        rotation.emptyGlobs(logs).forEach(glob -> lines.add("no file matches " + Plain.name(glob)));
        if (logs.isEmpty()) {
            lines.add("there is no log to rotate");
        }
        return Optional.of(String.join("\n", lines)).filter(text -> !text.isEmpty());
    }

    /** A table, one line a log, for people; empty if there was none. */
    public String text() {
        if (outcomes.isEmpty()) {
            return "";
        }
        var table = Table.of("LOG", "RESULT", "WAY", "BYTES", "TOOK", "NOTE");
        outcomes.forEach(outcome -> table.add(List.of(
                Cell.plain(Plain.name(outcome.log())),
                Cell.plain(outcome.result().word()),
                Cell.plain(outcome.way().map(Way::word).orElse("-")),
                Cell.plain(moved(outcome) ? Sizes.forPeople(outcome.bytes()) : "-"),
                Cell.plain(moved(outcome) ? Times.precise(outcome.took()) : "-"),
                Cell.plain(note(outcome)))));
        var text = new StringBuilder();
        table.appendTo(text, false);
        return text.toString();
    }

    private static boolean moved(Outcome outcome) {
        return outcome.result() == Result.ROTATED || outcome.result() == Result.WOULD_ROTATE;
    }

    private static String note(Outcome outcome) {
        Set<String> parts = new LinkedHashSet<>();
        outcome.archive().map(Plain::lastName).ifPresent(parts::add);
        if (isLossy(outcome)) {
            parts.add("lossy: " + outcome.lossy());
        }
        if (!outcome.reason().isEmpty()) {
            parts.add(Plain.of(outcome.reason()));
        } else if (outcome.result() == Result.NOT_DUE) {
            parts.add("neither large nor old enough");
        }
        return String.join("; ", parts);
    }

    static boolean isLossy(Outcome outcome) {
        return !outcome.lossy().equals("no");
    }

    private int count(Result result) {
        return (int)
                outcomes.stream().filter(outcome -> outcome.result() == result).count();
    }

    void summary(LogRotation rotation, JsonGenerator json) {
        json.writeStartObject();
        json.writeBooleanProperty("well", isWell());
        for (var result : Result.values()) {
            json.writeNumberProperty(result.word().replace('-', '_'), count(result));
        }
        json.writeNumberProperty(
                "bytes",
                outcomes.stream()
                        .filter(RotationReport::moved)
                        .mapToLong(Outcome::bytes)
                        .sum());
        json.writeStringProperty("text", text());
        json.writeStringProperty("remark", remark(rotation).orElse(""));
        json.writeEndObject();
    }
}
