package dev.steward.cli;

import dev.steward.control.ControlException;
import dev.steward.daemon.Guard;
import dev.steward.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "status",
        description = {
            "Shows the daemon, its agents and its inboxes.",
            "Without a daemon: what was last known of them, marked as such, and exit status 69."
        },
        footer = {
            "",
            "Examples:",
            "  steward status",
            "  steward status --watch",
            "  steward status --json | jq -r '.agents[] | select(.state != \"up\") | .name'"
        })
final class StatusCommand implements Callable<Integer> {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    /** Moves to the first line and column, and clears what follows (ECMA-48, CUP and ED). */
    private static final String ANEW = "\u001b[H\u001b[J";

    private final Root root;

    @Option(names = "--json", description = "For programs: one JSON object.")
    private boolean json;

    @Option(
            names = {"-w", "--watch"},
            description = "Shows it again each second, until Ctrl-C.")
    private boolean watch;

    StatusCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() throws Exception {
        var status = show();
        while (watch && root.caller().isHeard()) {
            root.caller().pause().of(EVERY);
            status = show();
        }
        return status;
    }

    private int show() throws Exception {
        var caller = root.caller();
        try (var client = root.connect().within(PATIENCE)) {
            var text = Ask.printed(client.ask(Ask.status(json, caller.colour())));
            caller.print(watch && caller.terminal().shown() ? ANEW + text : text);
            return Exit.OK;
        } catch (ControlException e) {
            return switch (e.kind()) {
                case NOT_RUNNING, SILENT -> notRunning(e);
                case NO_ANSWER ->
                    lastKnown(true, e.getMessage() + "; see " + root.home().daemonLog());
                case NOT_PERMITTED, MISUSE, CONFIGURATION, BUSY, UNAVAILABLE, INTERNAL -> throw e;
            };
        }
    }

    private int notRunning(ControlException why) throws Failure, IOException {
        var unanswered = Unanswered.at(root.home());
        return unanswered.isPresent()
                ? lastKnown(true, unanswered.get().message())
                : lastKnown(false, why.getMessage() + living() + guard());
    }

    private String living() throws Failure, IOException {
        var survivors = Survivors.of(root.home());
        return survivors.isEmpty() ? "" : ", but agents live on: " + String.join(", ", survivors);
    }

    /** Whether it comes back by itself, and how to have it back. */
    private String guard() throws Failure, IOException {
        var at = Guard.of(root.home()).flatMap(Guard::next);
        var again = at.isEmpty()
                ? ""
                : "; its guard starts it again at "
                        + TIME.format(at.get().atZone(Caller.zone()).toLocalTime());
        return again + ". Start it" + (at.isEmpty() ? ": " : " now: ") + root.again("up --detach");
    }

    private int lastKnown(boolean lives, String told) throws Failure {
        var caller = root.caller();
        try (var state = root.state()) {
            var remembered = Root.remembered(state);
            caller.say(told);
            caller.print(
                    json
                            ? remembered.lastKnownJson() + "\n"
                            : remembered.lastKnownText(
                                    lives ? "The daemon does not answer" : "The daemon is not running"));
            return Exit.UNAVAILABLE;
        } catch (StoreException e) {
            if (json) {
                caller.printLine("{\"daemon\":null,\"agents\":[],\"inboxes\":null,\"incidents\":[]}");
            }
            var missing = e.kind() == StoreException.Kind.MISSING;
            throw new Failure(
                    Exit.UNAVAILABLE,
                    told + "\nNothing is known of its agents" + (missing ? "" : ": " + e.getMessage()));
        }
    }
}
