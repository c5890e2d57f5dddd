package dev.steward.bus.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/** What answers of Redis mean. One of another shape than Redis gives is a {@link Trouble.Unexpected}. */
final class Reply {
    /**
     * One entry of a stream.
     *
     * @param fields empty for one that was deleted
     */
    record Entry(String id, Map<String, byte[]> fields) {
        /** A field as text; empty if there is none. */
        String text(String field) {
            byte[] value = fields.get(field);
            return value == null ? "" : new String(value, StandardCharsets.UTF_8);
        }
    }

    private Reply() {}

    @SuppressWarnings("unchecked")
    static List<@Nullable Object> list(@Nullable Object answer) {
        if (answer instanceof List<?> list) {
            return (List<@Nullable Object>) list;
        }
        throw unexpected(answer);
    }

    /** The value at this place of a list. */
    static @Nullable Object at(@Nullable Object answer, int place) {
        var list = list(answer);
        if (place < list.size()) {
            return list.get(place);
        }
        throw unexpected(null);
    }

    static byte[] bytes(@Nullable Object answer) {
        if (answer instanceof byte[] bytes) {
            return bytes;
        }
        throw unexpected(answer);
    }

    static String text(@Nullable Object answer) {
        return new String(bytes(answer), StandardCharsets.UTF_8);
    }

    static long number(@Nullable Object answer) {
        if (answer instanceof Long number) {
            return number;
        }
        throw unexpected(answer);
    }

    static List<String> strings(@Nullable Object answer) {
        return list(answer).stream().map(Reply::text).toList();
    }

    /** The fields of a hash. */
    static Map<String, String> hash(@Nullable Object answer) {
        var fields = new LinkedHashMap<String, String>();
        var list = list(answer);
        for (int i = 0; i + 1 < list.size(); i += 2) {
            fields.put(text(list.get(i)), text(list.get(i + 1)));
        }
        return fields;
    }

    /** What XREAD and XREADGROUP give of one stream; nothing if the time was over. */
    static List<Entry> read(@Nullable Object answer) {
        return answer == null ? List.of() : entries(at(at(answer, 0), 1));
    }

    static List<Entry> entries(@Nullable Object answer) {
        var entries = new ArrayList<Entry>();
        for (Object each : list(answer)) {
            // Redis 6.2 gives nothing in the place of one that was deleted while it was pending.
            if (each != null) {
                entries.add(new Entry(text(at(each, 0)), fields(at(each, 1))));
            }
        }
        return entries;
    }

    private static Map<String, byte[]> fields(@Nullable Object answer) {
        if (answer == null) {
            return Map.of();
        }
        var fields = new LinkedHashMap<String, byte[]>();
        var list = list(answer);
        for (int i = 0; i + 1 < list.size(); i += 2) {
            fields.put(text(list.get(i)), bytes(list.get(i + 1)));
        }
        return fields;
    }

    private static RuntimeException unexpected(@Nullable Object answer) {
        return answer instanceof JedisDataException error
                ? error
                : new Trouble.Unexpected("an answer of another kind than was asked for");
    }
}
