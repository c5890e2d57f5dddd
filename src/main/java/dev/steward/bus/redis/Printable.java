package dev.steward.bus.redis;

import org.jspecify.annotations.Nullable;

/** What others wrote, fit for a line of a log. */
final class Printable {
    private static final int MOST = 200;

    private Printable() {}

    static String of(@Nullable String text) {
        if (text == null) {
            return "";
        }
        var shown = new StringBuilder();
        text.codePoints()
                .limit(MOST)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .forEach(shown::appendCodePoint);
        return shown.toString();
    }
}
