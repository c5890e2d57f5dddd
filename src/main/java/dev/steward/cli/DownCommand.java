package dev.steward.cli;

import dev.steward.control.ControlException;
import dev.steward.control.ControlException.Kind;
import dev.steward.control.Question;
import dev.steward.daemon.Guard;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "down",
        description = {
            "Stops the agents, those that need others first, then the daemon and its guard; returns when they are gone.",
            "If no daemon runs, a guard that is about to start one is ended."
        },
        footer = {
            "",
            "Examples:",
            "  steward down",
            "  steward down --now            without waiting for agents that take their time",
            "  steward down --keep-agents    the agents go on; the next steward up takes them over"
        })
final class DownCommand implements Callable<Integer> {
    private final Root root;

    @Option(names = "--keep-agents", description = "The agents go on without a daemon.")
    private boolean keepAgents;

    @Option(names = "--now", description = "Kills the agents at once.")
    private boolean now;

    DownCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() throws Exception {
        var question = Question.of("down").with("keep_agents", keepAgents).with("now", now);
        try {
            root.ask(question, line -> root.caller().say(line));
        } catch (ControlException e) {
            if (e.kind() == Kind.NOT_RUNNING && Unanswered.at(root.home()).isEmpty()) {
                return withoutDaemon(e);
            }
            throw e;
        }
        new Ending(root).await();
        root.caller().say(keepAgents ? "the daemon is gone; its agents go on" : "down");
        return Exit.OK;
    }

    private int withoutDaemon(ControlException notRunning)
            throws ControlException, Failure, IOException, InterruptedException {
        var guard = Guard.of(root.home());
        if (guard.isPresent()) {
            guard.get().end();
            new Ending(root).awaitGuard();
            root.caller().say(notRunning.getMessage() + "; its guard, which was to start it again, is ended");
        }
        var survivors = Survivors.of(root.home());
        if (survivors.isEmpty() || keepAgents) {
            if (guard.isPresent()) {
                return Exit.OK;
            }
            var living = survivors.isEmpty() ? "" : "; agents live on: " + String.join(", ", survivors);
            throw new Failure(Exit.UNAVAILABLE, "nothing to stop: " + notRunning.getMessage() + living);
        }
        throw new Failure(
                Exit.UNAVAILABLE,
                notRunning.getMessage() + ", but agents live on: " + String.join(", ", survivors) + ". To stop them: "
                        + root.again("up --detach") + ", then " + root.again("down"));
    }
}
