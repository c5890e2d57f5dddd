package dev.steward.audit;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Makes the line of a record, without its newline. */
final class RecordWriter {
    private static final JsonFactory JSON = JsonFactory.builder().build();

    private RecordWriter() {}

    static byte[] line(long seq, String ts, AuditEvent event, String prev) {
        return escaped(json(generator -> {
                    generator.writeStartObject();
                    generator.writeNumberProperty("seq", seq);
                    generator.writeStringProperty("ts", ts);
                    generator.writeStringProperty("event", event.event());
                    event.fields().forEach((name, value) -> {
                        generator.writeName(name);
                        field(generator, value);
                    });
                    generator.writeStringProperty("prev", prev);
                    generator.writeEndObject();
                }))
                .getBytes(StandardCharsets.UTF_8);
    }

    // What is nested is bounded as a whole: if it is too long, the field is its JSON as a string, cut.
    private static void field(JsonGenerator to, Object value) {
        if (value instanceof String text) {
            to.writeString(text);
            return;
        }
        String json = json(generator -> value(generator, value));
        if (json.getBytes(StandardCharsets.UTF_8).length > Values.MAX_BYTES) {
            to.writeString(Values.cut(json));
        } else {
            to.writeRawValue(json);
        }
    }

    private static void value(JsonGenerator to, Object value) {
        switch (value) {
            case String text -> to.writeString(text);
            case Boolean b -> to.writeBoolean(b);
            case Long n -> to.writeNumber(n);
            case Double n -> to.writeNumber(n);
            case BigInteger n -> to.writeNumber(n);
            case BigDecimal n -> to.writeNumber(n);
            case List<?> list -> {
                to.writeStartArray();
                list.forEach(each -> value(to, each));
                to.writeEndArray();
            }
            case Map<?, ?> map -> {
                to.writeStartObject();
                map.forEach((name, each) -> {
                    to.writeName(String.valueOf(name));
                    value(to, each);
                });
                to.writeEndObject();
            }
            default -> throw new IllegalStateException("Values let this through: " + value.getClass());
        }
    }

    private static String json(Consumer<JsonGenerator> content) {
        var text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            content.accept(generator);
        }
        return text.toString();
    }

    // Such characters can only stand in strings, where JSON allows their escape.
    private static String escaped(String json) {
        if (json.chars().noneMatch(RecordWriter::harmful) && !hasLoneSurrogate(json)) {
            return json;
        }
        var out = new StringBuilder();
        json.codePoints().forEach(point -> {
            if (harmful(point) || isSurrogate(point)) {
                out.append(String.format("\\u%04x", point));
            } else {
                out.appendCodePoint(point);
            }
        });
        return out.toString();
    }

    private static boolean hasLoneSurrogate(String json) {
        return json.codePoints().anyMatch(RecordWriter::isSurrogate);
    }

    // codePoints() joins pairs, so what is left is alone, and UTF-8 cannot say it.
    private static boolean isSurrogate(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }

    /** What JSON lets stand and a terminal obeys: DEL, C1, separators, and what turns the direction of writing. */
    private static boolean harmful(int point) {
        return (point >= 0x7f && point <= 0x9f)
                || point == 0x2028
                || point == 0x2029
                || (point >= 0x202a && point <= 0x202e)
                || (point >= 0x2066 && point <= 0x2069);
    }
}
