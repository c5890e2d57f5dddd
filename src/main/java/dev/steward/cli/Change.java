package dev.steward.cli;

import dev.steward.control.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What start, stop and restart have in common: which agents, and whether to wait for them. */
abstract class Change implements Callable<Integer> {
    private final Root root;
    private final String method;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "AGENT", arity = "0..*", description = "Their names.")
    private List<String> agents = new ArrayList<>();

    @Option(names = "--all", description = "Every agent.")
    private boolean all;

    @Option(names = "--no-wait", description = "Return at once; what was begun goes on.")
    private boolean noWait;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Spans.class,
            defaultValue = "1h",
            description = "Wait at most so long, then exit with 75; what was begun goes on. Default: 1h.")
    private Duration timeout = Duration.ofHours(1);

    Change(Root root, String method) {
        this.root = root;
        this.method = method;
    }

    @Override
    public Integer call() throws Exception {
        if (all == !agents.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), all ? "name agents, or say --all: not both" : "name agents, or say --all");
        }
        var question = Question.of(method).with("wait", !noWait).with("timeout_s", timeout.toSeconds());
        var answer = root.ask(all ? question.with("all", true) : question.with("agents", agents));
        root.caller().print(answer.text("text"));
        answer.textIfThere("warning").ifPresent(root.caller()::say);
        if (noWait) {
            return Exit.OK;
        }
        if (!answer.flag("done")) {
            root.caller().say("this is how far it came in " + timeout.toSeconds() + " s; it goes on");
            return Exit.TRY_LATER;
        }
        return answer.flag("well") ? Exit.OK : Exit.BAD_NEWS;
    }
}
