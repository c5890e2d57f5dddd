package dev.steward.orders;

/**
 * Text in double quotes that every reader of YAML 1.1 and 1.2 reads back as it was (YAML 1.2.2, chapter 7.3.1), on one line, and
 * without what a terminal obeys. Pure.
 */
final class YamlText {
    private YamlText() {}

    static String quoted(String text) {
        var out = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(point -> append(out, point));
        return out.append('"').toString();
    }

    private static void append(StringBuilder out, int point) {
        switch (point) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (!isEscaped(point)) {
                    out.appendCodePoint(point);
                } else if (point <= 0xff) {
                    out.append(String.format("\\x%02x", point));
                } else if (point <= 0xffff) {
                    out.append(String.format("\\u%04x", point));
                } else {
                    out.append(String.format("\\U%08x", point));
                }
            }
        }
    }

    /** What YAML's readers refuse or fold (chapter 5.1), and what turns the direction of writing. */
    private static boolean isEscaped(int point) {
        return point < 0x20
                || (point >= 0x7f && point <= 0xa0)
                || (point >= 0x2028 && point <= 0x202e)
                || (point >= 0x2066 && point <= 0x2069)
                || point == 0xfeff
                || (point & 0xfffe) == 0xfffe;
    }
}
