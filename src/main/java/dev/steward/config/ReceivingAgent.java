package dev.steward.config;

import java.util.List;
import java.util.Optional;

/** Tells by its command which inbox an agent receives, if it is the reference agent. Pure. */
final class ReceivingAgent {
    private static final String OPTION = "--inbox";

    private ReceivingAgent() {}

    /** As it was written. */
    static Optional<String> inbox(AgentSection agent) {
        return agent.command().flatMap(ReceivingAgent::inbox);
    }

    /** As it was written. */
    static Optional<String> inbox(Command command) {
        return switch (command) {
            case Command.Exec(var argv) ->
                inbox(argv.stream().map(Text::template).toList());
            // Only as it is usually written; what a shell makes of it nobody knows beforehand.
            case Command.Shell(var line) ->
                inbox(List.of(line.replaceFirst("^\\s*(exec\\s+)?", "").split("\\s+", -1)));
        };
    }

    private static Optional<String> inbox(List<String> argv) {
        if (argv.size() < 2
                || !argv.getFirst().equals("steward")
                || !argv.get(1).equals("agent")) {
            return Optional.empty();
        }
        for (int i = 2; i < argv.size(); i++) {
            if (argv.get(i).startsWith(OPTION + "=")) {
                return Optional.of(argv.get(i).substring(OPTION.length() + 1));
            }
            if (argv.get(i).equals(OPTION) && i + 1 < argv.size()) {
                return Optional.of(argv.get(i + 1));
            }
        }
        return Optional.empty();
    }
}
