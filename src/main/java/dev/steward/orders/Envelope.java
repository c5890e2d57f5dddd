package dev.steward.orders;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

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

    private static final int LINES = 9;

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

    /** Why a text can't be the envelope of an order with this id and payload; empty if it can. */
    static Optional<String> objection(String text, String id, String bodyFile) {
        if (isPlain(text, id, bodyFile)) {
            return Optional.empty();
        }
        try {
            var read = EnvelopeReader.read(text.getBytes(StandardCharsets.UTF_8));
            if (!read.id().orElse(id).equals(id)) {
                return Optional.of(
                        "is of another order: " + Names.shown(read.id().orElseThrow()));
            }
            return read.bodyFile().orElse(bodyFile).equals(bodyFile)
                    ? Optional.empty()
                    : Optional.of("names another payload: "
                            + Names.shown(read.bodyFile().orElseThrow()));
        } catch (Unreadable e) {
            return Optional.of(e.reason());
        }
    }

    /** Whether it is one as Steward writes them, which need not be read as YAML. */
    private static boolean isPlain(String text, String id, String bodyFile) {
        return text.startsWith("wo_id: " + YamlText.quoted(id) + "\nagent: \"")
                && text.endsWith("\nbody_file: " + YamlText.quoted(bodyFile) + "\nevidence_dir: "
                        + YamlText.quoted(EVIDENCE + "/") + "\n")
                && text.chars().filter(each -> each == '\n').count() == LINES;
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
