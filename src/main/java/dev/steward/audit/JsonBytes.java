package dev.steward.audit;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** JSON (RFC 8259) in UTF-8: nothing is made on the way, since a record is written while others wait for it. For one thread. */
final class JsonBytes extends GrowingBytes {
    private static final byte[] LOWER = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] UPPER = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    void number(long number) {
        ascii(Long.toString(number));
    }

    /** A value that {@link Values} lets through. */
    void value(Object value) {
        switch (value) {
            case String text -> string(text);
            case Long number -> number(number);
            case Boolean flag -> ascii(flag.toString());
            // JSON has no word for them.
            case Double number when !Double.isFinite(number) -> string(number.toString());
            case Double number -> ascii(number.toString());
            case BigInteger number -> ascii(number.toString());
            case BigDecimal number -> ascii(number.toString());
            case List<?> list -> {
                int begin = size();
                list.forEach(each -> element(begin, '[', each));
                close(begin, '[', ']');
            }
            case Map<?, ?> map -> {
                int begin = size();
                map.forEach((name, each) -> {
                    element(begin, '{', String.valueOf(name));
                    put(':');
                    value(each);
                });
                close(begin, '{', '}');
            }
            default -> throw new IllegalStateException("Values let this through: " + value.getClass());
        }
    }

    private void element(int begin, char opening, Object value) {
        put(size() == begin ? opening : ',');
        value(value);
    }

    private void close(int begin, char opening, char closing) {
        if (size() == begin) {
            put(opening);
        }
        put(closing);
    }

    /** The same, but what takes more bytes than this is a string instead: its own JSON, cut. */
    void bounded(Object value, int most) {
        if (value instanceof String text) {
            string(text);
            return;
        }
        int begin = size();
        value(value);
        if (size() - begin > most) {
            var json = new String(bytes(), begin, size() - begin, StandardCharsets.UTF_8);
            cutTo(begin);
            string(Values.cut(json));
        }
    }

    void string(String text) {
        put('"');
        for (int i = 0; i < text.length(); ) {
            int plain = i;
            while (i < text.length() && isPlain(text.charAt(i))) {
                i++;
            }
            ascii(text, plain, i);
            if (i < text.length()) {
                int point = text.codePointAt(i);
                special(point);
                i += Character.charCount(point);
            }
        }
        put('"');
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c < 0x7f && c != '"' && c != '\\';
    }

    private void special(int point) {
        switch (point) {
            case '"', '\\' -> escape(point);
            case '\n' -> escape('n');
            case '\t' -> escape('t');
            case '\r' -> escape('r');
            case '\b' -> escape('b');
            case '\f' -> escape('f');
            default -> {
                if (point < ' ') {
                    escape(point, UPPER);
                } else if (harmful(point) || isSurrogate(point)) {
                    escape(point, LOWER);
                } else {
                    utf8(point);
                }
            }
        }
    }

    // Pairs come as one, so what is left is alone, and UTF-8 cannot say it.
    private static boolean isSurrogate(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }

    /** What JSON lets stand and a terminal obeys: DEL, C1, separators, and what turns the direction of writing. */
    private static boolean harmful(int point) {
        return (point >= 0x7f && point <= 0x9f)
                || point == 0x2028
                || point == 0x2029
                || (point >= 0x202a && point <= 0x202e)
                || (point >= 0x2066 && point <= 0x2069);
    }

    private void escape(int letter) {
        put('\\');
        put(letter);
    }

    private void escape(int point, byte[] digits) {
        escape('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
            put(digits[(point >> shift) & 15]);
        }
    }
}
