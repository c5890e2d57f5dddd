package dev.steward.cli;

import dev.steward.control.ControlClient;
import dev.steward.control.ControlException;
import dev.steward.control.ControlException.Kind;
import dev.steward.control.Question;
import dev.steward.posix.Posix;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "down",
        description = "Stops the agents, those that need others first, then the daemon; returns when it is gone.",
        footer = {
            "",
            "Examples:",
            "  steward down",
            "  steward down --now            without waiting for agents that take their time",
            "  steward down --keep-agents    the agents go on; the next steward up takes them over"
        })
final class DownCommand implements Callable<Integer> {
    private static final Duration EVERY = Duration.ofMillis(50);
    private static final int TIMES = 200;

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
        root.ask(question, line -> root.caller().say(line));
        for (var i = 0; i < TIMES; i++) {
            if (isGone() && lockIsFree()) {
                root.caller().say(keepAgents ? "the daemon is gone; its agents go on" : "down");
                return Exit.OK;
            }
            root.caller().pause().of(EVERY);
        }
        throw new Failure(Exit.TRY_LATER, "its agents are down, but the daemon is still there");
    }

    /** The last that a daemon lets go of: whoever starts the next one now is not refused. */
    private boolean lockIsFree() throws Failure, IOException {
        try (var lock = Posix.locksOnly().tryLock(root.home().lock()).orElse(null)) {
            return lock != null;
        }
    }

    private boolean isGone() throws Failure {
        try (var client = ControlClient.connect(root.home().folder()).within(Duration.ofSeconds(1))) {
            client.ask(Question.of("ping"));
            return false;
        } catch (ControlException e) {
            return e.kind() == Kind.NOT_RUNNING || e.kind() == Kind.NO_ANSWER;
        }
    }
}
