package dev.steward.audit;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values that a record may hold, and their bounds. */
final class Values {
    static final int MAX_BYTES = 16 * 1024;
    private static final int MAX_DEPTH = 16;

    private Values() {}

    /** A copy that nobody can change; long strings in it are cut. */
    static Object copy(Object value) {
        return copy(value, 1);
    }

    private static Object copy(Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("an audit field is nested deeper than " + MAX_DEPTH);
        }
        return switch (value) {
            case String text -> cut(text);
            case Boolean b -> b;
            case Byte n -> n.longValue();
            case Short n -> n.longValue();
            case Integer n -> n.longValue();
            case Long n -> n;
            case Float n -> n.doubleValue();
            case Double n -> n;
            case BigInteger n -> n;
            case BigDecimal n -> n;
            case List<?> list -> {
                var copy = new ArrayList<Object>();
                list.forEach(each -> copy.add(copy(each, depth + 1)));
                yield Collections.unmodifiableList(copy);
            }
            case Map<?, ?> map -> {
                var copy = new LinkedHashMap<String, Object>();
                map.forEach((name, each) -> copy.put(String.valueOf(name), copy(each, depth + 1)));
                yield Collections.unmodifiableMap(copy);
            }
            default ->
                throw new IllegalArgumentException(
                        "an audit field cannot hold a " + value.getClass().getName());
        };
    }

    /** The string, or as much of it as {@link #MAX_BYTES} in UTF-8 hold and a word on what is missing. */
    static String cut(String text) {
        // One char makes three bytes at most.
        if (text.length() <= MAX_BYTES / 3) {
            return text;
        }
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes <= MAX_BYTES) {
            return text;
        }
        int end = 0;
        int taken = 0;
        while (true) {
            int point = text.codePointAt(end);
            taken += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (taken > MAX_BYTES) {
                return text.substring(0, end) + "… [cut, of " + bytes + " bytes]";
            }
            end += Character.charCount(point);
        }
    }
}
