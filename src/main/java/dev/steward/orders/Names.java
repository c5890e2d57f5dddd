package dev.steward.orders;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a name must be to be one element of a path, whatever a stranger wrote into it. Pure. */
final class Names {
    static final int MAX_BYTES = 128;

    private Names() {}

    /** Why it can't be the name of an order or an inbox; empty if it can. */
    static Optional<String> objection(String name) {
        return objection(name, MAX_BYTES);
    }

    /** Why it can't be a name of so many bytes at most; empty if it can. */
    static Optional<String> objection(String name, int most) {
        if (name.isEmpty()) {
            return Optional.of("is empty");
        }
        if (name.startsWith(".") || name.startsWith("-")) {
            return Optional.of("begins with " + name.charAt(0));
        }
        if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
            return Optional.of("contains a slash or a backslash");
        }
        if (name.contains("..")) {
            return Optional.of("contains ..");
        }
        if (name.codePoints().anyMatch(Names::isUnfit)) {
            return Optional.of("contains a control character, or one that is none");
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > most) {
            return Optional.of("is longer than " + most + " bytes");
        }
        return Optional.empty();
    }

    /** Control characters (C0, DEL, C1), line separators, and halves of characters, which UTF-8 can't write. */
    static boolean isUnfit(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            default -> false;
        };
    }

    /** For a message: cut, and without what a terminal obeys. */
    static String shown(String name) {
        var isLong = name.codePointCount(0, name.length()) > MAX_BYTES;
        return isLong ? plain(name.substring(0, name.offsetByCodePoints(0, MAX_BYTES))) + "…" : plain(name);
    }

    /** On one line, and without what a terminal obeys. */
    static String plain(String text) {
        var plain = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (isUnfit(point) || turns(point)) {
                plain.append('?');
            } else {
                plain.appendCodePoint(point);
            }
        });
        return plain.toString();
    }

    /** Whether it turns the direction of writing, so that a text shows as another one. */
    private static boolean turns(int point) {
        return (point >= 0x202a && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069);
    }
}
