package dev.steward.platform;

/**
 * What can stand in a unit, whose lines end where a line ends, and in a plist, where XML 1.0 (2.2, Char) has no control
 * characters, however they are written.
 */
final class Writable {
    private Writable() {}

    static boolean is(String text) {
        return text.codePoints()
                .noneMatch(
                        c -> Character.isISOControl(c) || c == 0xFFFE || c == 0xFFFF || (c >= 0xD800 && c <= 0xDFFF));
    }

    static void check(String text) throws CannotInstall {
        if (!is(text)) {
            var shown = text.codePoints()
                    .mapToObj(c -> is(Character.toString(c)) ? Character.toString(c) : "\\u%04x".formatted(c))
                    .reduce("", String::concat);
            throw new CannotInstall(
                    CannotInstall.Why.MISUSE,
                    "'" + shown + "' has a control character in it, which neither systemd nor launchd can be told:"
                            + " give it another name");
        }
    }
}
