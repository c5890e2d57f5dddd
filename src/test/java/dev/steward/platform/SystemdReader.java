package dev.steward.platform;

import java.util.ArrayList;
import java.util.List;

/** Reads words as the manual says that systemd does: quotes, escapes, {@code %%}, and in command lines {@code $$}. */
final class SystemdReader {
    private final String line;
    private int at;

    private SystemdReader(String line) {
        this.line = line;
    }

    static List<String> words(String line) {
        var reader = new SystemdReader(line);
        var words = new ArrayList<String>();
        while (reader.at < line.length()) {
            words.add(specifiers(reader.word()));
            reader.skipBlank();
        }
        return words;
    }

    /** The program is taken as it is; of the others, two dollars are one, and one begins a variable. */
    static List<String> command(String line) {
        var words = new ArrayList<>(words(line));
        for (var i = 1; i < words.size(); i++) {
            words.set(i, variables(words.get(i)));
        }
        return words;
    }

    private void skipBlank() {
        while (at < line.length() && line.charAt(at) == ' ') {
            at++;
        }
    }

    private String word() {
        var word = new StringBuilder();
        var quoted = false;
        while (at < line.length()) {
            var c = line.charAt(at++);
            if (c == '\\') {
                var next = line.charAt(at++);
                if (next != '\\' && next != '"') {
                    throw new AssertionError("an escape of another kind: \\" + next);
                }
                word.append(next);
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ' ' && !quoted) {
                break;
            } else {
                word.append(c);
            }
        }
        if (quoted) {
            throw new AssertionError("a quote is not closed: " + line);
        }
        return word.toString();
    }

    private static String specifiers(String word) {
        return doubled(word, '%');
    }

    private static String variables(String word) {
        return doubled(word, '$');
    }

    private static String doubled(String word, char sign) {
        var text = new StringBuilder();
        for (var i = 0; i < word.length(); i++) {
            if (word.charAt(i) == sign && (++i >= word.length() || word.charAt(i) != sign)) {
                throw new AssertionError("a single " + sign + " in " + word);
            }
            text.append(word.charAt(i));
        }
        return text.toString();
    }
}
