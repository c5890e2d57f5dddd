package dev.steward.cli;

import dev.steward.bus.OrderState;
import java.util.Optional;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Somebody's mistake in what they wrote: what it is, what they may have meant, and where to read on. */
final class Misuse implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException mistake, String[] args) {
        var line = mistake.getCommandLine();
        line.getErr().println("steward: " + message(mistake));
        if (mistake instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            meant(line.getCommandName(), unmatched.getUnmatched().getFirst())
                    .ifPresentOrElse(
                            it -> line.getErr().println("Did you mean: " + it + "?"),
                            () -> UnmatchedArgumentException.printSuggestions(mistake, line.getErr()));
        } else {
            UnmatchedArgumentException.printSuggestions(mistake, line.getErr());
        }
        line.getErr().println("See: " + line.getCommandSpec().qualifiedName() + " --help");
        return Exit.USAGE;
    }

    private static Optional<String> meant(String command, String word) {
        return switch (command) {
            // Ids have digits, and commands none.
            case "order" ->
                word.matches("[A-Za-z0-9._-]*[0-9][A-Za-z0-9._-]*")
                        ? Optional.of("steward order show " + word)
                        : Optional.empty();
            case "orders" -> OrderState.of(word).map(state -> "steward orders --state " + state.word());
            default -> Optional.empty();
        };
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
