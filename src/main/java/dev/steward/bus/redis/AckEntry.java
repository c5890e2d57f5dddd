package dev.steward.bus.redis;

import dev.steward.bus.Acknowledgement;
import dev.steward.bus.redis.Reply.Entry;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An acknowledgement as an entry of {@code steward:acks}, and as a message on {@code cls:ack}: the same fields in the same order. Pure. */
final class AckEntry {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final DateTimeFormatter TS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx").withZone(ZoneOffset.UTC);

    private AckEntry() {}

    private static Map<String, Object> map(Acknowledgement ack) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("wo_id", ack.id());
        fields.put("to", ack.to());
        fields.put("by", ack.by());
        fields.put("node", ack.node());
        fields.put("incarnation", ack.incarnation());
        fields.put("ts", TS.format(ack.at()));
        fields.put("latency_ms", ack.latencyMs());
        fields.put("sha256_wo", ack.sha256Wo());
        fields.put("sha256_body", ack.sha256Body());
        return fields;
    }

    /** Names and values by turns. */
    static List<Object> fields(Acknowledgement ack) {
        var fields = new ArrayList<Object>();
        map(ack).forEach((name, value) -> {
            fields.add(name);
            fields.add(value);
        });
        return fields;
    }

    static String json(Acknowledgement ack) {
        return JSON.writeValueAsString(map(ack));
    }

    static Acknowledgement read(Entry entry) throws Check.Bad {
        return read(entry::text);
    }

    static Acknowledgement read(String json) throws Check.Bad {
        try {
            JsonNode tree = JSON.readTree(json);
            if (!tree.isObject()) {
                throw new Check.Bad("it is no JSON object");
            }
            return read(field -> tree.path(field).asString(""));
        } catch (JacksonException e) {
            throw new Check.Bad("it is no JSON");
        }
    }

    private static Acknowledgement read(Function<String, String> field) throws Check.Bad {
        return new Acknowledgement(
                Check.name("wo_id", field.apply("wo_id")),
                Check.name("to", field.apply("to")),
                Check.name("by", field.apply("by")),
                Check.name("node", field.apply("node")),
                Check.text("incarnation", field.apply("incarnation")),
                Check.time("ts", field.apply("ts")),
                Check.number("latency_ms", field.apply("latency_ms"), Long.MAX_VALUE),
                Check.hash("sha256_wo", field.apply("sha256_wo")),
                Check.hash("sha256_body", field.apply("sha256_body")));
    }

    /** Whether both say the same but for the time, of which Redis keeps microseconds. */
    static boolean same(Acknowledgement one, Acknowledgement other) {
        return one.id().equals(other.id())
                && one.to().equalsIgnoreCase(other.to())
                && one.by().equals(other.by())
                && one.node().equals(other.node())
                && one.sha256Wo().equals(other.sha256Wo())
                && one.sha256Body().equals(other.sha256Body());
    }
}
