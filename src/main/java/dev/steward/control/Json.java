package dev.steward.control;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads and writes the little JSON that a client needs. Loading Jackson for it doubles the time that a command takes; the
 * daemon's answers are well formed, so this takes members apart and does not judge what is in them.
 */
final class Json {
    private static final String HEX = "0123456789abcdef";

    private Json() {}

    /** A string as JSON (RFC 8259, section 7). */
    static String quote(String text) {
        var json = new StringBuilder(text.length() + 2).append('"');
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    /**
     * The members of an object, each value still as JSON.
     *
     * @throws IllegalArgumentException if it is none, or cut off
     */
    static Map<String, String> members(String object) {
        var members = new LinkedHashMap<String, String>();
        var at = expect(object, skipSpace(object, 0), '{');
        at = skipSpace(object, at);
        while (charAt(object, at) != '}') {
            var name = endOfValue(object, at);
            var colon = expect(object, skipSpace(object, name), ':');
            var from = skipSpace(object, colon);
            var to = endOfValue(object, from);
            members.put(text(object.substring(at, name)), object.substring(from, to));
            at = skipSpace(object, to);
            if (charAt(object, at) == ',') {
                at = skipSpace(object, at + 1);
            }
        }
        return members;
    }

    /**
     * What a JSON string stands for.
     *
     * @throws IllegalArgumentException if it is none
     */
    static String text(String json) {
        if (json.length() < 2 || json.charAt(0) != '"') {
            throw new IllegalArgumentException("not a string: " + json);
        }
        var text = new StringBuilder(json.length());
        for (var i = 1; i < json.length() - 1; i++) {
            var c = json.charAt(i);
            if (c != '\\') {
                text.append(c);
            } else if (charAt(json, ++i) == 'u') {
                text.append((char) Integer.parseInt(json, i + 1, i + 5, 16));
                i += 4;
            } else {
                text.append(plain(json.charAt(i)));
            }
        }
        return text.toString();
    }

    private static char plain(char escaped) {
        return switch (escaped) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> escaped;
        };
    }

    private static int endOfValue(String json, int from) {
        var depth = 0;
        for (var i = from; i < json.length(); i++) {
            switch (json.charAt(i)) {
                case '"' -> i = endOfString(json, i) - 1;
                case '{', '[' -> depth++;
                case '}', ']' -> {
                    if (depth == 0) {
                        return i;
                    }
                    depth--;
                }
                case ',', ':', ' ' -> {
                    if (depth == 0) {
                        return i;
                    }
                }
                default -> {}
            }
            if (depth == 0 && "\"}]".indexOf(json.charAt(i)) >= 0) {
                return i + 1;
            }
        }
        throw new IllegalArgumentException("cut off");
    }

    private static int endOfString(String json, int from) {
        for (var i = from + 1; i < json.length(); i++) {
            if (json.charAt(i) == '\\') {
                i++;
            } else if (json.charAt(i) == '"') {
                return i + 1;
            }
        }
        throw new IllegalArgumentException("cut off");
    }

    private static int expect(String json, int at, char wanted) {
        if (charAt(json, at) != wanted) {
            throw new IllegalArgumentException("no " + wanted + " at " + at);
        }
        return at + 1;
    }

    private static int skipSpace(String json, int from) {
        var at = from;
        while (at < json.length() && json.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    private static char charAt(String json, int at) {
        if (at >= json.length()) {
            throw new IllegalArgumentException("cut off");
        }
        return json.charAt(at);
    }
}
