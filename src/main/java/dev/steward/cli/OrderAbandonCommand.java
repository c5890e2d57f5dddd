package dev.steward.cli;

import dev.steward.control.OrderVerb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "abandon",
        description = {
            "Gives a work order up, as the rule for stale ones does. Works without a daemon.",
            "Exit status 1: it is not known, or at its end already."
        },
        footer = {"", "Examples:", "  steward order abandon WO-20251030-7K3V9QX2MD --reason 'nobody needs it any more'"
        })
final class OrderAbandonCommand extends OrderChange {
    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it is recorded.")
    private String reason = "";

    OrderAbandonCommand(Root root) {
        super(root, OrderVerb.ABANDON);
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
