package dev.steward.cli;

import java.util.ArrayList;
import picocli.CommandLine;

/** {@code steward help COMMAND}, as many programs have it, means {@code steward COMMAND --help}. */
final class Helping {
    private static final String WORD = "help";

    private final CommandLine root;

    Helping(CommandLine root) {
        this.root = root;
    }

    /** The arguments with the option in place of the word, if they begin with it. A command that there is not stays as it is: a mistake. */
    String[] asOption(String... args) {
        if (args.length == 0 || !args[0].equals(WORD)) {
            return args;
        }
        var words = new ArrayList<String>();
        var at = root;
        for (var i = 1; i < args.length && !at.getSubcommands().isEmpty(); i++) {
            words.add(args[i]);
            var next = at.getSubcommands().get(args[i]);
            if (next == null) {
                return words.toArray(String[]::new);
            }
            at = next;
        }
        words.add("--help");
        return words.toArray(String[]::new);
    }
}
