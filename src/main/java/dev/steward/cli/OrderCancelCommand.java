package dev.steward.cli;

import dev.steward.control.OrderVerb;
import picocli.CommandLine.Command;

@Command(
        name = "cancel",
        description = {
            "Has nobody work on a work order any more: it is dead then. Works without a daemon.",
            "Exit status 1: it is not known, or at its end already."
        },
        footer = {"", "Examples:", "  steward order cancel WO-20251030-7K3V9QX2MD"})
final class OrderCancelCommand extends OrderChange {
    OrderCancelCommand(Root root) {
        super(root, OrderVerb.CANCEL);
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
