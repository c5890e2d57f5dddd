package dev.steward.docs;

import java.util.ArrayList;
import java.util.List;

/** Finds the runs of steward in a line of a shell: enough of sh(1) for what documents show. */
final class ShellLine {
    private static final String OPERATORS = "|&;<>()";

    private final List<List<String>> commands = new ArrayList<>();
    private List<String> command = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private boolean redirected;

    private ShellLine() {}

    /** The arguments of each run of steward. */
    static List<List<String>> stewards(String line) {
        var shell = new ShellLine();
        shell.read(line);
        return shell.commands.stream()
                .filter(words -> words.getFirst().matches("(\\./)?steward"))
                .map(words -> words.subList(1, words.size()))
                .toList();
    }

    private void read(String line) {
        for (int i = 0; i < line.length(); i++) {
            var c = line.charAt(i);
            if (c == '\'' || c == '"') {
                var end = line.indexOf(c, i + 1);
                if (end < 0) {
                    throw new AssertionError("a quote is not closed: " + line);
                }
                word.append(line, i + 1, end);
                inWord = true;
                i = end;
            } else if (c == '#' && !inWord) {
                break;
            } else if (OPERATORS.indexOf(c) >= 0) {
                endWord();
                if (c == '<' || c == '>') {
                    redirected = true;
                } else {
                    endCommand();
                }
            } else if (Character.isWhitespace(c)) {
                endWord();
            } else {
                word.append(c);
                inWord = true;
            }
        }
        endWord();
        endCommand();
    }

    private void endWord() {
        if (inWord && !redirected) {
            command.add(word.toString());
        }
        word.setLength(0);
        inWord = false;
    }

    private void endCommand() {
        if (!command.isEmpty()) {
            commands.add(command);
        }
        command = new ArrayList<>();
        redirected = false;
    }
}
