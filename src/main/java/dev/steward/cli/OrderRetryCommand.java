package dev.steward.cli;

import dev.steward.control.OrderVerb;
import picocli.CommandLine.Command;

@Command(
        name = "retry",
        description = {
            "Has a work order that failed, is dead or was abandoned tried once more. Works without a daemon.",
            "Exit status 1: it is not known, or in no state for that."
        },
        footer = {"", "Examples:", "  steward order retry WO-20251030-7K3V9QX2MD"})
final class OrderRetryCommand extends OrderChange {
    OrderRetryCommand(Root root) {
        super(root, OrderVerb.RETRY);
    }

    @Override
    String reason() {
        return "";
    }

    @Override
    String output() {
        return "";
    }
}
