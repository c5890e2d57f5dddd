package dev.steward.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "inbox",
        description = "Looks at inboxes, in which delivered work orders lie.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Examples:", "  steward inbox verify", "  steward inbox verify CLC"})
final class InboxCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "say verify");
    }
}
