package dev.steward.orders;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * What {@code <WO_ID>.yaml} says, as Steward writes it. Pure.
 *
 * @param from who dropped the order; written as {@code agent}
 * @param tags separated by commas
 * @param created written to the second
 */
record Envelope(
        String id, String from, Priority priority, String title, String tags, OffsetDateTime created, String bodyFile) {
    static final String SCHEMA = "AI-OP-001/WO/v1";
    static final String EVIDENCE = "evidence";

    /** A larger one is none. */
    static final int MAX_BYTES = 64 * 1024;

    /** The file's text, in the form that readers of the system before this one know, byte for byte. */
    String text() {
        return "wo_id: " + YamlText.quoted(id)
                + "\nagent: " + YamlText.quoted(from)
                + "\npriority: " + YamlText.quoted(priority.name())
                + "\ntitle: " + YamlText.quoted(title)
                + "\ntags: " + YamlText.quoted(tags)
                + "\ncreated_at: " + YamlText.quoted(time(created))
                + "\nschema: " + YamlText.quoted(SCHEMA)
                + "\nbody_file: " + YamlText.quoted(bodyFile)
                + "\nevidence_dir: " + YamlText.quoted(EVIDENCE + "/")
                + "\n";
    }

    /** {@code 2025-10-30T05:29:04+07:00}: seconds always, an offset always in digits. */
    static String time(OffsetDateTime at) {
        var local = at.toLocalDateTime().truncatedTo(ChronoUnit.SECONDS);
        var seconds = local.getSecond() == 0 ? ":00" : "";
        var offset = at.getOffset().equals(ZoneOffset.UTC)
                ? "+00:00"
                : at.getOffset().getId();
        return local + seconds + offset;
    }

    /** The name of the file in the order's folder. */
    static String fileOf(String id) {
        return id + ".yaml";
    }
}
