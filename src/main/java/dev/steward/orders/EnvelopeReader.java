package dev.steward.orders;

import dev.steward.bus.Era;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads an envelope that anybody may have written: UTF-8, at most 64 KiB, and lenient as to what is missing. */
final class EnvelopeReader {
    private static final Pattern OFFSET_WITHOUT_COLON = Pattern.compile("([+-]\\d\\d)(\\d\\d)$");

    private EnvelopeReader() {}

    /**
     * What it says; what is missing or makes no sense is empty.
     *
     * @param from the key {@code agent}
     * @param tags separated by commas, however they were written
     */
    record Read(
            Optional<String> id,
            Optional<String> from,
            Optional<Priority> priority,
            Optional<String> title,
            String tags,
            Optional<Instant> created,
            Optional<String> bodyFile) {}

    static Read read(byte[] bytes) throws Unreadable {
        if (bytes.length > Envelope.MAX_BYTES) {
            throw new Unreadable("is larger than " + Envelope.MAX_BYTES + " bytes");
        }
        var fields = EnvelopeEvents.read(Utf8.decode(bytes));
        return new Read(
                one(fields.get("wo_id")),
                one(fields.get("agent")).map(EnvelopeReader::cut),
                one(fields.get("priority")).flatMap(Priority::of),
                one(fields.get("title")).map(EnvelopeReader::cut),
                tags(fields.getOrDefault("tags", List.of())),
                one(fields.get("created_at")).flatMap(EnvelopeReader::time),
                one(fields.get("body_file")));
    }

    private static Optional<String> one(@Nullable List<String> texts) {
        return texts == null || texts.size() != 1
                ? Optional.empty()
                : Optional.of(texts.getFirst()).filter(text -> !text.isBlank());
    }

    private static String tags(List<String> texts) {
        return cut(texts.stream()
                .flatMap(text -> List.of(text.split(",", -1)).stream())
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .collect(Collectors.joining(",")));
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= Draft.MAX_TEXT
                ? text
                : text.substring(0, text.offsetByCodePoints(0, Draft.MAX_TEXT));
    }

    /** ISO 8601 with an offset, with or without its colon; of the years from 1970 to 9999. */
    static Optional<Instant> time(String text) {
        var plain = OFFSET_WITHOUT_COLON
                .matcher(text.strip().replaceFirst(" ", "T"))
                .replaceFirst("$1:$2");
        try {
            return Optional.of(OffsetDateTime.parse(plain).toInstant()).filter(Era::holds);
        } catch (DateTimeException e) {
            // It is for people to see in the file; the file's own time stands in for it.
            return Optional.empty();
        }
    }
}
