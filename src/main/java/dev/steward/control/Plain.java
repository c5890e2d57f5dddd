package dev.steward.control;

/** Text for a terminal: what a process said of itself must not move the cursor or write a line of its own. */
final class Plain {
    private Plain() {}

    static String of(String text) {
        var plain = new StringBuilder(text.length());
        text.codePoints().map(Plain::visible).forEach(plain::appendCodePoint);
        return plain.toString();
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
