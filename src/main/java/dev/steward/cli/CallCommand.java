package dev.steward.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "call",
        description = {
            "Asks the daemon over its socket (JSON-RPC 2.0) and prints the result as JSON.",
            "Lines that come before it go to standard output, too."
        },
        footer = {
            "",
            "Examples:",
            "  steward call methods | jq -r '.[] | .name + \"  \" + .summary'",
            "  steward call is_up '{\"agent\":\"cls\"}'"
        })
final class CallCommand implements Callable<Integer> {
    private static final int LONGEST = 1 << 20;

    private final Root root;

    @Parameters(index = "0", paramLabel = "METHOD", description = "One of: steward call methods.")
    private String method = "";

    @Parameters(index = "1", paramLabel = "PARAMS", arity = "0..1", defaultValue = "{}", description = "A JSON object.")
    private String params = "{}";

    CallCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() throws Exception {
        if (params.length() > LONGEST / 4) {
            throw new Failure(Exit.USAGE, "the parameters are too long: a request is at most 1 MiB");
        }
        try (var client = root.connect()) {
            var answer = client.ask(method, params, root.caller()::printLine);
            root.caller().printLine(answer.json());
            return Exit.OK;
        }
    }
}
