package dev.steward.bus.redis;

import dev.steward.bus.Beat;
import dev.steward.bus.BusException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Heartbeats in Redis: those of this node's agents, and those that foreign agents leave under keys of their own. Thread-safe. */
final class Beats {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int STALE_AFTER = 3;

    private final Link link;
    private final String node;

    Beats(Link link, String node) {
        this.link = link;
        this.node = node;
    }

    void beat(Beat beat) throws BusException {
        String key = Names.heartbeat(node, beat.agent());
        var set = command(Command.HSET, key)
                .addObjects("ts", beat.at().getEpochSecond())
                .addObjects("iter", beat.iter())
                .addObjects("pid", beat.pid())
                .addObjects("incarnation", beat.incarnation())
                .addObjects("boot", beat.boot())
                .addObjects("bus", "connected");
        var expire = command(Command.PEXPIRE, key)
                .add(beat.every().multipliedBy(STALE_AFTER).toMillis());
        link.ask(key, lane -> {
            lane.to(key).askAll(List.of(set, expire)).forEach(Reply::number);
            return true;
        });
    }

    /** A hash, or a string that is a JSON object or epoch seconds; empty if there is no such key. */
    Map<String, String> read(String key) throws IOException {
        try {
            return switch (link.ask(key, lane -> look(lane, key))) {
                case Left.Hash(var fields) -> fields;
                case Left.Words(var text) -> fields(text);
            };
        } catch (BusException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** What an agent left under a key. */
    private sealed interface Left {
        record Hash(Map<String, String> fields) implements Left {}

        record Words(String text) implements Left {}
    }

    private static Left look(Lane lane, String key) {
        try {
            return new Left.Hash(Reply.hash(lane.ask(key, command(Command.HGETALL, key))));
        } catch (JedisDataException e) {
            if (!String.valueOf(e.getMessage()).startsWith("WRONGTYPE")) {
                throw e;
            }
            var text = lane.ask(key, command(Command.GET, key));
            return text == null ? new Left.Hash(Map.of()) : new Left.Words(Reply.text(text));
        }
    }

    /** What a string says, in the form of a heartbeat file. */
    static Map<String, String> fields(String text) throws IOException {
        String trimmed = text.strip();
        if (trimmed.matches("[0-9]{1,16}(\\.[0-9]{1,9})?")) {
            return Map.of("ts", trimmed);
        }
        try {
            JsonNode tree = JSON.readTree(trimmed);
            if (tree.isObject()) {
                var fields = new LinkedHashMap<String, String>();
                tree.properties().forEach(field -> {
                    if (field.getValue().isValueNode()) {
                        fields.put(field.getKey(), field.getValue().asString());
                    }
                });
                return fields;
            }
        } catch (JacksonException e) {
            throw new IOException("it is neither a hash, nor a JSON object, nor seconds since 1970", e);
        }
        throw new IOException("it is neither a hash, nor a JSON object, nor seconds since 1970");
    }

    private static CommandArguments command(Command command, String key) {
        return new CommandArguments(command).add(key);
    }
}
