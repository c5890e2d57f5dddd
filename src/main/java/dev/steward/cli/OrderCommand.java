package dev.steward.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "order",
        description = "Shows and changes one work order.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  steward order show WO-20251030-7K3V9QX2MD",
            "  steward order retry WO-20251030-7K3V9QX2MD",
            "  steward order done WO-20251030-7K3V9QX2MD --result report.txt"
        })
final class OrderCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "say show, retry, cancel, abandon, done or fail");
    }
}
