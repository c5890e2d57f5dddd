package dev.steward.cli;

import dev.steward.control.ControlClient;
import dev.steward.control.ControlException;
import dev.steward.control.ControlException.Kind;
import dev.steward.control.Question;
import dev.steward.daemon.Guard;
import dev.steward.daemon.Program;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "upgrade-daemon",
        description = {
            "Replaces the running daemon by the installed version: that of the launcher by which this command runs.",
            "Agents go on untouched. A configuration that the new version refuses is told first, and nothing happens then."
        },
        footer = {
            "",
            "Examples:",
            "  steward upgrade-daemon",
            "  /opt/steward-2/steward --home ~/nodes/a upgrade-daemon"
        })
final class UpgradeDaemonCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofSeconds(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(5);
    private static final int LOOKS = 12_000;

    private final Root root;

    UpgradeDaemonCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() throws Exception {
        var agents = AgentPids.of(root);
        var log = DaemonLog.at(root.home().daemonLog());
        var question =
                Question.of("upgrade").with("launcher", Program.launcher().toString());
        try (var client = root.connect().within(PATIENCE)) {
            var before = Ping.ask(client);
            Program.loader(root.caller().environment()).load(agents.config());
            try {
                client.ask(question);
            } catch (ControlException e) {
                if (isOlder(e)) {
                    return byHand(before, agents);
                }
                throw e;
            }
            // The old one closes this connection when it stops to answer.
            while (answers(client)) {
                root.caller().pause().of(LOOK_EVERY);
            }
            var gone = System.nanoTime();
            return tell(before, awaitNext(before, log), Duration.ofNanos(System.nanoTime() - gone), agents);
        }
    }

    private static boolean isOlder(ControlException refused) {
        return refused.kind() == Kind.MISUSE
                && String.valueOf(refused.getMessage()).contains("no method");
    }

    private static boolean answers(ControlClient old) {
        try {
            return Ping.ask(old).pid() > 0;
        } catch (ControlException e) {
            return false;
        }
    }

    private Ping awaitNext(Ping before, DaemonLog log)
            throws Failure, ControlException, IOException, InterruptedException {
        for (var i = 0; i < LOOKS; i++) {
            try (var client = ControlClient.connect(root.home().folder()).within(SHORT)) {
                var ping = Ping.ask(client);
                if (ping.ready()) {
                    return ping;
                }
            } catch (ControlException e) {
                if (!e.isUnanswered()) {
                    throw e;
                }
            }
            if (ProcessHandle.of(before.pid()).filter(ProcessHandle::isAlive).isEmpty()) {
                throw new Failure(Exit.UNAVAILABLE, died(log));
            }
            root.caller().pause().of(LOOK_EVERY);
        }
        throw new Failure(
                Exit.TRY_LATER,
                "the new daemon does not answer; see " + root.home().daemonLog());
    }

    private String died(DaemonLog log) throws Failure, IOException {
        var goesOn = Guard.of(root.home()).isPresent()
                ? "its guard goes on trying"
                : "to have a daemon again: " + root.again("up --detach");
        return "the new daemon did not start; agents go on without one, and " + goesOn + ". Its log ("
                + root.home().daemonLog() + ") says:\n" + log.since().strip();
    }

    private int tell(Ping before, Ping after, Duration gap, AgentPids agents)
            throws Failure, ControlException, IOException {
        var now = AgentPids.of(root);
        if (!now.notReplaced().isEmpty()) {
            throw new Failure(Exit.UNAVAILABLE, now.notReplaced());
        }
        root.caller()
                .printLine("steward " + before.version() + " (pid " + before.pid() + ") was replaced by steward "
                        + after.version() + " (pid " + after.pid() + "); " + gap.toMillis() + " ms without a daemon");
        var others = agents.othersIn(now);
        root.caller().printLine(agents.count() - others.size() + " of " + agents.count() + " agents go on untouched");
        others.forEach(root.caller()::printLine);
        return Exit.OK;
    }

    /** For a daemon that cannot be replaced in its place. */
    private int byHand(Ping before, AgentPids agents)
            throws Failure, ControlException, IOException, InterruptedException {
        root.caller()
                .say("steward " + before.version()
                        + " cannot be replaced in its process: it is ended, its agents go on, and a daemon is started in"
                        + " the background");
        root.ask(Question.of("down").with("keep_agents", true).with("now", false));
        new Ending(root).await();
        var gone = System.nanoTime();
        var ended = new Detached(root).start();
        if (ended.isPresent()) {
            return ended.get();
        }
        var gap = Duration.ofNanos(System.nanoTime() - gone);
        try (var client = root.connect().within(SHORT)) {
            return tell(before, Ping.ask(client), gap, agents);
        }
    }
}
