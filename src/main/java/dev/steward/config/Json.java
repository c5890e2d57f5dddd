package dev.steward.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Objects of JSON whose keys keep their order, so that the schema is the same text every time. */
final class Json {
    private Json() {}

    static Map<String, Object> object(String key, Object value) {
        return Map.of(key, value);
    }

    static Map<String, Object> object(String key1, Object value1, String key2, Object value2) {
        var object = new LinkedHashMap<String, Object>();
        object.put(key1, value1);
        object.put(key2, value2);
        return Collections.unmodifiableMap(object);
    }

    static Map<String, Object> object(
            String key1, Object value1, String key2, Object value2, String key3, Object value3) {
        var object = new LinkedHashMap<>(object(key1, value1, key2, value2));
        object.put(key3, value3);
        return Collections.unmodifiableMap(object);
    }
}
