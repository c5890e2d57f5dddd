package dev.steward.cli;

import dev.steward.control.Question;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "signal",
        description = "Sends a signal to an agent's main process. Exit status 1: there is no process.",
        footer = {"", "Examples:", "  steward signal web HUP", "  steward signal cls SIGUSR1"})
final class SignalCommand implements Callable<Integer> {
    private final Root root;

    @Parameters(index = "0", paramLabel = "AGENT", description = "Its name.")
    private String agent = "";

    @Parameters(index = "1", paramLabel = "SIGNAL", description = "HUP, SIGHUP or 1.")
    private String signal = "";

    SignalCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() throws Exception {
        var sent = root.ask(Question.of("signal").with("agent", agent).with("signal", signal));
        if (sent.json().equals("true")) {
            return Exit.OK;
        }
        root.caller().say(agent + " has no process that could take a signal");
        return Exit.BAD_NEWS;
    }
}
