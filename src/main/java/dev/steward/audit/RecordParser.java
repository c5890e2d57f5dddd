package dev.steward.audit;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** Reads seq and prev of any line, and says what keeps it from being a record. */
final class RecordParser {
    // Two fields of one name would let two readers see two records.
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private RecordParser() {}

    static Link read(byte[] line) {
        return read(line, 0, line.length);
    }

    /** The line between two indices. */
    static Link read(byte[] bytes, int from, int to) {
        if (from == to) {
            return new Link.Unchained("it is empty");
        }
        if (bytes[to - 1] == '\r') {
            return new Link.Unchained("it ends with a carriage return: something wrote CRLF line ends");
        }
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes, from, to - from)) {
            return link(parser);
        } catch (JacksonException e) {
            return new Link.Unchained("it is not JSON: " + e.getOriginalMessage());
        }
    }

    private static Link link(JsonParser parser) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return new Link.Unchained("it is not a JSON object");
        }
        long seq = 0;
        String prev = "";
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("seq") && value == JsonToken.VALUE_NUMBER_INT) {
                seq = parser.getLongValue();
            } else if (name.equals("prev") && value == JsonToken.VALUE_STRING) {
                prev = parser.getString();
            } else {
                parser.skipChildren();
            }
        }
        if (parser.nextToken() != null) {
            return new Link.Unchained("something follows its JSON object");
        }
        if (seq < 1) {
            return new Link.Unchained("it has no seq");
        }
        return prev.length() == 64 && prev.chars().allMatch(RecordShape::hexadecimal)
                ? new Link.Chained(seq, prev)
                : new Link.Unchained("it has no prev of 64 hexadecimal digits");
    }

    /** The string of this name in the line between two indices; empty if there is none. */
    static Optional<String> text(byte[] bytes, int from, int to, String name) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes, from, to - from)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean wanted = parser.currentName().equals(name);
                if (parser.nextToken() == JsonToken.VALUE_STRING && wanted) {
                    return Optional.of(parser.getString());
                }
                parser.skipChildren();
            }
            return Optional.empty();
        } catch (JacksonException e) {
            // A line that is no JSON has no fields.
            return Optional.empty();
        }
    }

    /** Whether it is worth the time to read it as JSON: without an escape, a record has this name as it stands. */
    static boolean mayBeRecord(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\\' || (bytes[i] == 'p' && i + 4 <= to && isPrev(bytes, i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPrev(byte[] bytes, int at) {
        return bytes[at + 1] == 'r' && bytes[at + 2] == 'e' && bytes[at + 3] == 'v';
    }
}
