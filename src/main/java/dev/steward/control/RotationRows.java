package dev.steward.control;

import dev.steward.store.RotationRow;
import java.time.ZoneId;
import java.util.List;

/** Shows what is remembered of logs to people. */
final class RotationRows {
    private RotationRows() {}

    /** A table, one line a log; empty if nothing is known. */
    static String text(List<RotationRow> rows, ZoneId zone) {
        if (rows.isEmpty()) {
            return "";
        }
        var table = Table.of("LOG", "LAST", "AT", "WAY", "BYTES", "ROTATIONS", "NOTE");
        rows.forEach(row -> table.add(List.of(
                Cell.plain(Plain.name(row.path())),
                Cell.plain(Plain.of(row.last().result())),
                Cell.plain(Times.forPeople(row.last().at(), zone)),
                Cell.plain(Plain.of(row.last().way().orElse("-"))),
                Cell.plain(
                        row.last().bytes() == 0
                                ? "-"
                                : Sizes.forPeople(row.last().bytes())),
                Cell.plain(Long.toString(row.done().rotations())),
                Cell.plain(note(row, zone)))));
        var text = new StringBuilder();
        table.appendTo(text, false);
        return text.toString();
    }

    private static String note(RotationRow row, ZoneId zone) {
        var reason = Plain.of(row.last().reason());
        return row.failing()
                .map(failing -> "fails since " + Times.forPeople(failing.since(), zone) + ", " + failing.times()
                        + (failing.times() == 1 ? " time; " : " times; ") + before(row, zone) + ": " + reason)
                .orElse(row.last().lossy() ? "lossy: possible" + (reason.isEmpty() ? "" : "; " + reason) : reason);
    }

    private static String before(RotationRow row, ZoneId zone) {
        return row.done()
                .last()
                .map(at -> "rotated last " + Times.forPeople(at, zone))
                .orElse("never rotated");
    }
}
