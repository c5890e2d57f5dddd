package dev.steward.cli;

import dev.steward.config.Templates;
import dev.steward.control.ControlClient;
import dev.steward.control.ControlException;
import dev.steward.control.ControlException.Kind;
import dev.steward.control.Question;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "up",
        description = {
            "Starts the daemon and its agents. If there is no configuration, the reference deployment is written first.",
            "In the foreground it shows states and the agents' output. Ctrl-C stops everything; a second one kills it."
        },
        footer = {"", "Examples:", "  steward up", "  steward up --detach", "  steward --home ~/nodes/a up --detach"})
final class UpCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final int LOOKS = 100;

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
        var running = running();
        if (running.isPresent()) {
            var message = "a daemon runs on " + root.home().folder() + " already, pid " + running.get();
            if (!detach) {
                throw new Failure(Exit.TRY_LATER, message);
            }
            root.caller().say(message);
            return status();
        }
        if (awaitAnswer()) {
            return call();
        }
        writeConfigIfNone();
        if (!detach) {
            return DaemonEntry.foreground(root);
        }
        var ended = new Detached(root).start();
        return ended.isPresent() ? ended.get() : status();
    }

    private void writeConfigIfNone() throws Failure {
        var file = root.configFile();
        if (FirstConfig.writeIfNone(file, Templates.reference())) {
            root.caller().say("there was no configuration; wrote the reference deployment to " + file);
        }
    }

    private Optional<String> running() throws Failure, ControlException {
        try (var client = ControlClient.connect(root.home().folder()).within(PATIENCE)) {
            return Optional.of(client.ask(Question.of("ping")).member("pid"));
        } catch (ControlException e) {
            if (e.kind() == Kind.NOT_RUNNING) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Whether a daemon that lives without answering does so after all: one that just starts will, one that just ends goes. */
    private boolean awaitAnswer() throws Failure, ControlException, IOException, InterruptedException {
        var unanswered = Unanswered.at(root.home());
        for (var i = 0; unanswered.isPresent() && running().isEmpty(); i++) {
            if (!detach || i == LOOKS) {
                throw new Failure(Exit.UNAVAILABLE, unanswered.get().message());
            }
            root.caller().pause().of(LOOK_EVERY);
            unanswered = Unanswered.at(root.home());
        }
        return unanswered.isPresent();
    }

    private int status() throws Failure, ControlException {
        root.caller().print(Ask.printed(root.ask(Ask.status(false, root.caller().colour()))));
        return Exit.OK;
    }
}
