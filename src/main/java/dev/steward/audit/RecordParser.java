package dev.steward.audit;

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
        if (line.length == 0) {
            return new Link.Unchained("it is empty");
        }
        if (line[line.length - 1] == '\r') {
            return new Link.Unchained("it ends with a carriage return: something wrote CRLF line ends");
        }
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), line)) {
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
}
