package dev.steward.cli;

import dev.steward.control.OrderVerb;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "fail",
        description = {
            "Says that a work order went wrong for good: it is dead then, until somebody retries it.",
            "Works without a daemon. Exit status 1: the order is not known, not delivered, or at its end already."
        },
        footer = {
            "",
            "Examples:",
            "  steward order fail WO-20251030-7K3V9QX2MD --reason 'no such customer'",
            "  steward order fail WO-20251030-7K3V9QX2MD --result trace.txt"
        })
final class OrderFailCommand extends OrderChange {
    private final Root root;

    @Option(names = "--result", paramLabel = "FILE", description = OrderResult.OPTION)
    private Optional<String> result = Optional.empty();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, in a line.")
    private String reason = "";

    OrderFailCommand(Root root) {
        super(root, OrderVerb.FAIL);
        this.root = root;
    }

    @Override
    String reason() {
        return reason;
    }

    @Override
    String output() throws Exception {
        return OrderResult.read(root, result);
    }
}
