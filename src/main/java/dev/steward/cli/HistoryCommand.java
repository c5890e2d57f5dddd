package dev.steward.cli;

import dev.steward.control.Question;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "history",
        description = "Shows what became of an agent, oldest first. Works without a daemon.",
        footer = {"", "Examples:", "  steward history cls", "  steward history cls -n 100 --json | jq '.[].reason'"})
final class HistoryCommand implements Callable<Integer> {
    private final Root root;

    @Parameters(paramLabel = "AGENT", description = "Its name.")
    private String agent = "";

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "20",
            description = "The last N transitions. Default: 20.")
    private int limit;

    @Option(names = "--json", description = "For programs: a JSON array.")
    private boolean json;

    HistoryCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() throws Exception {
        var text = Without.daemon(
                () -> Ask.printed(root.ask(Question.of("history")
                        .with("agent", agent)
                        .with("limit", limit)
                        .with("format", json ? "json" : "text"))),
                this::remembered);
        root.caller().print(text);
        if (text.isEmpty()) {
            root.caller().say("nothing is known of an agent " + agent);
            return Exit.BAD_NEWS;
        }
        return Exit.OK;
    }

    private String remembered() throws Exception {
        try (var state = root.state()) {
            var remembered = Root.remembered(state);
            return json ? remembered.historyJson(agent, limit) + "\n" : remembered.historyText(agent, limit);
        }
    }
}
