package dev.steward.cli;

import dev.steward.control.OrderVerb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "cancel",
        description = {
            "Has nobody work on a work order any more: it is dead then. Works without a daemon.",
            "Exit status 1: it is not known, or at its end already."
        },
        footer = {
            "",
            "Examples:",
            "  steward order cancel WO-20251030-7K3V9QX2MD",
            "  steward order cancel WO-20251030-7K3V9QX2MD --reason 'sent to the wrong inbox'"
        })
final class OrderCancelCommand extends OrderChange {
    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it is recorded.")
    private String reason = "";

    OrderCancelCommand(Root root) {
        super(root, OrderVerb.CANCEL);
    }

    @Override
    String reason() {
        return reason;
    }

    @Override
    String output() {
        return "";
    }
}
