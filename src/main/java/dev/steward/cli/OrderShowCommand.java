package dev.steward.cli;

import dev.steward.control.ControlException;
import dev.steward.control.Question;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = {
            "Shows all that this node knows of a work order. Works without a daemon.",
            "Exit status 1: this node does not know it."
        },
        footer = {
            "",
            "Examples:",
            "  steward order show WO-20251030-7K3V9QX2MD",
            "  steward order show WO-20251030-7K3V9QX2MD --json | jq .acknowledgement.latency_ms"
        })
final class OrderShowCommand implements Callable<Integer> {
    private final Root root;

    @Parameters(paramLabel = "ID", description = "Its id.")
    private String id = "";

    @Option(names = "--json", description = "For programs: one JSON object.")
    private boolean json;

    OrderShowCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() throws Exception {
        var shown = Without.orders(this::live, this::alone);
        if (shown.isEmpty()) {
            root.caller().say("this node knows no order " + id);
            return Exit.BAD_NEWS;
        }
        root.caller().print(shown.get());
        return Exit.OK;
    }

    private Optional<String> live() throws Failure, ControlException {
        var answer = root.ask(Question.of("order").with("id", id).with("format", json ? "json" : "text"));
        return answer.json().equals("null") ? Optional.empty() : Optional.of(Ask.printed(answer));
    }

    private Optional<String> alone() throws Exception {
        try (var ledger = OrderLedger.toRead(root)) {
            var report = ledger.report();
            return json ? report.json(id).map(line -> line + "\n") : report.text(id);
        }
    }
}
