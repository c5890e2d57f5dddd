package dev.steward.cli;

import dev.steward.control.OrderVerb;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "done",
        description = {
            "Says that a work order was worked, well: the answer of a program that reads its inbox itself.",
            "Works without a daemon. Exit status 1: the order is not known, not delivered, or at its end already."
        },
        footer = {
            "",
            "Examples:",
            "  steward order done WO-20251030-7K3V9QX2MD",
            "  steward order done WO-20251030-7K3V9QX2MD --result report.txt",
            "  ./handle.sh 2>&1 | steward order done WO-20251030-7K3V9QX2MD --result -"
        })
final class OrderDoneCommand extends OrderChange {
    private final Root root;

    @Option(names = "--result", paramLabel = "FILE", description = OrderResult.OPTION)
    private Optional<String> result = Optional.empty();

    OrderDoneCommand(Root root) {
        super(root, OrderVerb.DONE);
        this.root = root;
    }

    @Override
    String reason() {
        return "";
    }

    @Override
    String output() throws Exception {
        return OrderResult.read(root, result);
    }
}
