package dev.steward.cli;

import dev.steward.control.ControlException;
import dev.steward.control.ControlException.Kind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "is-up",
        description =
                "Tells by its exit status whether an agent is up: 0 yes, 3 no, 4 unknown since there is no daemon to ask.",
        footer = {"", "Example:", "  steward is-up cls || echo 'cls is not up'"})
final class IsUpCommand implements Callable<Integer> {
    private final Root root;

    @Parameters(paramLabel = "AGENT", description = "Its name.")
    private String agent = "";

    IsUpCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() throws Exception {
        try {
            return Ask.isUp(root.ask(Ask.isUp(agent)));
        } catch (ControlException e) {
            if (e.kind() == Kind.MISUSE) {
                throw e;
            }
            var why = e.isUnanswered()
                    ? Unanswered.at(root.home()).map(Unanswered::message).orElse(e.getMessage())
                    : e.getMessage();
            root.caller().say("it is not known whether " + agent + " is up: " + why);
            return Exit.UNKNOWN;
        }
    }
}
