package dev.steward.cli;

import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Somebody's mistake in what they wrote: what it is, what they may have meant, and where to read on. */
final class Misuse implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException mistake, String[] args) {
        var line = mistake.getCommandLine();
        line.getErr().println("steward: " + message(mistake));
        UnmatchedArgumentException.printSuggestions(mistake, line.getErr());
        line.getErr().println("See: " + line.getCommandSpec().qualifiedName() + " --help");
        return Exit.USAGE;
    }

    private static String message(ParameterException mistake) {
        var line = mistake.getCommandLine();
        if (mistake instanceof UnmatchedArgumentException unmatched
                && !line.getSubcommands().isEmpty()
                && !unmatched.isUnknownOption()) {
            return "there is no command '" + line.getCommandSpec().qualifiedName() + " "
                    + unmatched.getUnmatched().getFirst() + "'";
        }
        return String.valueOf(mistake.getMessage());
    }
}
