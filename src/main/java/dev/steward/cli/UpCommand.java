package dev.steward.cli;

import dev.steward.control.ControlClient;
import dev.steward.control.ControlException;
import dev.steward.daemon.Steward;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "up",
        description = {
            "Starts the daemon and its agents. In a new home the reference deployment is written first, if nothing names another file.",
            "In the foreground it shows states and the agents' output. Ctrl-C stops everything; a second one kills it."
        },
        footer = {"", "Examples:", "  steward up", "  steward up --detach", "  steward --home ~/nodes/a up --detach"})
final class UpCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final int LOOKS = 600;

    private final Root root;

    @Option(
            names = {"-d", "--detach"},
            description = "Leave the daemon in the background, and return once it answers.")
    private boolean detach;

    UpCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() throws Exception {
        if (Steward.succeeds(root.caller().environment())) {
            return DaemonEntry.foreground(root);
        }
        var running = settled();
        if (running.isPresent()) {
            var ping = running.get();
            var message = "a daemon runs on " + root.home().folder() + " already, pid " + ping.pid();
            if (!detach) {
                throw new Failure(Exit.TRY_LATER, message + (ping.goingDown() ? ", and goes down" : ""));
            }
            root.caller().say(message);
            return status();
        }
        new Missing(root).write();
        if (!detach) {
            return DaemonEntry.foreground(root);
        }
        var ended = new Detached(root).start();
        return ended.isPresent() ? ended.get() : status();
    }

    /**
     * The daemon, if there is one, once it is clear what becomes of it: one that just starts will answer, and one that goes down will
     * be gone.
     */
    private Optional<Ping> settled() throws Failure, ControlException, IOException, InterruptedException {
        var until = root.caller().clock().instant().plus(LONGEST);
        for (var i = 0; ; i++) {
            var answer = answer();
            var unanswered = answer.isPresent() ? Optional.<Unanswered>empty() : Unanswered.at(root.home());
            var clear = answer.map(ping -> !ping.goingDown()).orElse(unanswered.isEmpty());
            if (clear || (answer.isPresent() && !detach)) {
                return answer;
            }
            if (!detach || i == LOOKS || root.caller().clock().instant().isAfter(until)) {
                throw new Failure(
                        Exit.UNAVAILABLE,
                        unanswered.map(Unanswered::message).orElse("the daemon goes down, and takes its time"));
            }
            if (i == 0 && answer.isPresent()) {
                root.caller().say("the daemon goes down; waiting for its end");
            }
            root.caller().pause().of(LOOK_EVERY);
        }
    }

    private Optional<Ping> answer() throws Failure, ControlException {
        try (var client = ControlClient.connect(root.home().folder()).within(PATIENCE)) {
            return Optional.of(Ping.ask(client));
        } catch (ControlException e) {
            // One that goes away while it answers is told from one that hangs by its lock.
            if (e.isUnanswered()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private int status() throws Failure, ControlException {
        root.caller().print(Ask.printed(root.ask(Ask.status(false, root.caller().colour()))));
        return Exit.OK;
    }
}
