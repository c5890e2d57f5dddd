package dev.steward.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "audit",
        description = "Reads the audit trail, in which each record seals the one before it.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Examples:", "  steward audit tail -n 50", "  steward audit show 6", "  steward audit verify"})
final class AuditCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "say tail, show or verify");
    }
}
