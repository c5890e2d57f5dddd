package dev.steward.orders;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** Reads a manifest that anybody may have written. Unknown members are passed over. */
final class ManifestReader {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(16)
                    .maxDocumentLength(Manifest.MAX_BYTES)
                    .build())
            .build();

    private ManifestReader() {}

    static Manifest read(byte[] bytes) throws Unreadable {
        if (bytes.length > Manifest.MAX_BYTES) {
            throw new Unreadable("is larger than " + Manifest.MAX_BYTES + " bytes");
        }
        try (var parser = JSON.createParser(ObjectReadContext.empty(), Utf8.decode(bytes))) {
            var members = new HashMap<String, String>();
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new Unreadable("is not a JSON object");
            }
            members(parser, "", members);
            if (parser.nextToken() != null) {
                throw new Unreadable("goes on after its JSON object");
            }
            return manifest(members);
        } catch (JacksonException e) {
            throw new Unreadable("is not JSON: " + Names.shown(e.getOriginalMessage()), e);
        }
    }

    /** Every scalar by its path. */
    private static void members(JsonParser parser, String prefix, Map<String, String> members) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var path = prefix + parser.currentName();
            switch (parser.nextToken()) {
                case START_OBJECT -> members(parser, path + ".", members);
                case START_ARRAY -> parser.skipChildren();
                case VALUE_STRING, VALUE_NUMBER_INT -> members.put(path, parser.getString());
                case VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> {
                    // No member that counts has such a value.
                }
                case END_ARRAY, END_OBJECT, NOT_AVAILABLE, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
                    throw new IllegalStateException("a JSON parser gives a value after a name");
            }
        }
    }

    private static Manifest manifest(Map<String, String> members) throws Unreadable {
        return new Manifest(
                members.getOrDefault("wo_id", ""),
                members.getOrDefault("created_at", ""),
                part(members, "wo_yaml"),
                part(members, "body"),
                members.getOrDefault("agent", ""),
                members.getOrDefault("priority", ""));
    }

    private static Manifest.Part part(Map<String, String> members, String name) throws Unreadable {
        var hash = members.get("checksums." + name);
        var size = members.get("sizes." + name);
        if (hash == null || size == null) {
            throw new Unreadable("lacks checksums." + name + " or sizes." + name);
        }
        try {
            return new Manifest.Part(hash.toLowerCase(Locale.ROOT), Long.parseLong(size));
        } catch (NumberFormatException e) {
            throw new Unreadable("has a size that is no number", e);
        }
    }
}
