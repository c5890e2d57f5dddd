package dev.steward.platform;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Words as systemd reads them: systemd.syntax(7) for quotes, systemd.unit(5) for {@code %}, systemd.service(5) for {@code $}
 * in command lines. For text without control characters.
 */
final class SystemdWords {
    private SystemdWords() {}

    /** One word of a list, such as an assignment in {@code Environment=}. */
    static String word(String text) {
        return '"' + plain(text).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    static String words(List<String> texts) {
        return texts.stream().map(SystemdWords::word).collect(Collectors.joining(" "));
    }

    /** The whole of a value that knows no quotes. */
    static String plain(String text) {
        return text.replace("%", "%%");
    }

    /**
     * A command line. The program itself is taken as it stands, {@code $} too, and systemd refuses one with a quote or a
     * backslash in its path: the shell takes such a launcher, which is a script for it, as a word like any other. It
     * becomes the program in the end, so the pid stays.
     */
    static String command(List<String> words) {
        var program = words.getFirst();
        if (program.matches(".*[\"'\\\\].*")) {
            return word("/bin/sh") + " " + arguments(words);
        }
        return word(program) + " " + arguments(words.subList(1, words.size()));
    }

    private static String arguments(List<String> words) {
        return words.stream().map(text -> word(text).replace("$", "$$")).collect(Collectors.joining(" "));
    }
}
