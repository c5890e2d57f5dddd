package dev.steward.config;

/** Text from a file as a message may hold it: short, and without characters that a terminal would obey. */
final class Shown {
    private static final int LONGEST = 60;

    private Shown() {}

    static String of(String text) {
        var shown = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(point -> {
            if (Character.isISOControl(point)) {
                shown.append(String.format("\\x%02x", point));
            } else {
                shown.appendCodePoint(point);
            }
        });
        if (text.codePointCount(0, text.length()) > LONGEST) {
            shown.append('…');
        }
        return shown.toString();
    }

    /** Several lines as one. */
    static String line(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
