package dev.steward.audit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A record as people read it. What a terminal obeys stays escaped. */
final class RecordText {
    private static final JsonFactory JSON = JsonFactory.builder().build();

    private RecordText() {}

    /** A field a line, and the line's own hash; a line that is no JSON object as it is. */
    static String of(String line) {
        List<Field> fields;
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return line + "\n";
            }
            fields = fields(parser);
        } catch (JacksonException e) {
            // Somebody wants to see what is there, whatever it is.
            return line + "\n";
        }
        if (line.indexOf('\uFFFD') < 0) {
            // Else its bytes may have been others.
            fields.add(new Field("its hash", Hashes.of(line.getBytes(StandardCharsets.UTF_8))));
        }
        int width =
                fields.stream().mapToInt(field -> field.name().length()).max().orElse(0);
        var text = new StringBuilder();
        for (Field field : fields) {
            text.append(field.name())
                    .repeat(' ', width + 2 - field.name().length())
                    .append(field.value())
                    .append('\n');
        }
        return text.toString();
    }

    /** As it is shown. */
    private record Field(String name, String value) {}

    private static List<Field> fields(JsonParser parser) {
        var fields = new ArrayList<Field>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = shown(json -> json.string(parser.currentName()));
            JsonToken first = parser.nextToken();
            fields.add(new Field(name, shown(json -> copy(parser, first, json))));
        }
        return fields;
    }

    /** Strings lose their quotes. */
    private static String shown(Shown shown) {
        var json = new JsonBytes();
        shown.writeTo(json);
        boolean quoted = json.bytes()[0] == '"';
        int edge = quoted ? 1 : 0;
        return new String(json.bytes(), edge, json.size() - 2 * edge, StandardCharsets.UTF_8);
    }

    /** Writes a value. */
    private interface Shown {
        void writeTo(JsonBytes json);
    }

    private static void copy(JsonParser parser, JsonToken first, JsonBytes to) {
        switch (first) {
            case VALUE_STRING -> to.string(parser.getString());
            case START_OBJECT -> {
                char before = '{';
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    to.put(before);
                    to.string(parser.currentName());
                    to.put(':');
                    copy(parser, parser.nextToken(), to);
                    before = ',';
                }
                to.ascii(before == '{' ? "{}" : "}");
            }
            case START_ARRAY -> {
                char before = '[';
                for (JsonToken each = parser.nextToken(); each != JsonToken.END_ARRAY; each = parser.nextToken()) {
                    to.put(before);
                    copy(parser, each, to);
                    before = ',';
                }
                to.ascii(before == '[' ? "[]" : "]");
            }
            // Numbers, true, false and null as they stand.
            default -> to.ascii(parser.getString());
        }
    }
}
