package dev.steward.control;

import java.nio.file.Path;
import java.util.Locale;

/** Text for a terminal: what a process said of itself must not move the cursor or write a line of its own. */
final class Plain {
    private Plain() {}

    static String of(String text) {
        var plain = new StringBuilder(text.length());
        text.codePoints().map(Plain::visible).forEach(plain::appendCodePoint);
        return plain.toString();
    }

    /** A file's name, so that each shows as another: what a terminal would not show is written as in Java, and so is a backslash. */
    static String name(String name) {
        var plain = new StringBuilder(name.length());
        name.codePoints().forEach(c -> {
            switch (c) {
                case '\n' -> plain.append("\\n");
                case '\t' -> plain.append("\\t");
                case '\r' -> plain.append("\\r");
                case '\\' -> plain.append("\\\\");
                default -> {
                    if (visible(c) == c) {
                        plain.appendCodePoint(c);
                    } else {
                        plain.append(String.format(Locale.ROOT, c < 0x10000 ? "\\u%04x" : "\\u{%x}", c));
                    }
                }
            }
        });
        return plain.toString();
    }

    static String name(Path path) {
        return name(path.toString());
    }

    /** Without its folder. */
    static String lastName(Path path) {
        return name(String.valueOf(path.getFileName()));
    }

    private static int visible(int c) {
        if (c == '\n' || c == '\t') {
            return ' ';
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> '?';
            default -> c;
        };
    }
}
