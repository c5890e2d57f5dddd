package dev.steward.bus.ledger;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The fields of a record in one text, which is JSON: strings and numbers, in their order. */
final class Fields {
    private final String text;
    private int at;

    private Fields(String text) {
        this.text = text;
    }

    /**
     * As text.
     *
     * @throws IllegalArgumentException for a value that is neither a string nor a finite number
     */
    static String write(Map<String, Object> fields) {
        var out = new StringBuilder("{");
        fields.forEach((name, value) -> {
            if (out.length() > 1) {
                out.append(',');
            }
            quote(out, name);
            out.append(':');
            switch (value) {
                case String word -> quote(out, word);
                case Long _, Integer _, Short _, Byte _ -> out.append(value);
                case Double number when Double.isFinite(number) -> out.append(number);
                default ->
                    throw new IllegalArgumentException("the field " + name + " of a record can't be of "
                            + value.getClass().getName() + " or not finite");
            }
        });
        return out.append('}').toString();
    }

    // What is not ASCII is escaped, also half a surrogate pair, which UTF-8 cannot say.
    private static void quote(StringBuilder out, String word) {
        out.append('"');
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c >= ' ' && c < 0x7f) {
                out.append(c);
            } else {
                out.append("\\u");
                String hex = Integer.toHexString(c);
                out.repeat('0', 4 - hex.length()).append(hex);
            }
        }
        out.append('"');
    }

    /** What {@link #write} wrote; whole numbers come back as {@link Long}. */
    static Map<String, Object> read(String text) {
        var fields = new Fields(text);
        var map = new LinkedHashMap<String, Object>();
        fields.at = 1;
        while (text.charAt(fields.at) != '}') {
            if (!map.isEmpty()) {
                fields.at++;
            }
            String name = fields.word();
            fields.at++;
            map.put(name, text.charAt(fields.at) == '"' ? fields.word() : fields.number());
        }
        return Collections.unmodifiableMap(map);
    }

    private String word() {
        var out = new StringBuilder();
        at++;
        while (text.charAt(at) != '"') {
            char c = text.charAt(at++);
            if (c != '\\') {
                out.append(c);
            } else if (text.charAt(at) == 'u') {
                out.append((char) Integer.parseInt(text, at + 1, at + 5, 16));
                at += 5;
            } else {
                out.append(text.charAt(at++));
            }
        }
        at++;
        return out.toString();
    }

    private Object number() {
        int begin = at;
        while (text.charAt(at) != ',' && text.charAt(at) != '}') {
            at++;
        }
        String digits = text.substring(begin, at);
        return digits.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'))
                ? (Object) Long.valueOf(digits)
                : (Object) Double.valueOf(digits);
    }
}
