package dev.steward.cli;

import dev.steward.control.ControlException;
import dev.steward.control.ControlException.Kind;
import dev.steward.control.Question;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "events",
        description = "Shows what happened to all agents, oldest first. Works without a daemon, but for --follow.",
        footer = {
            "",
            "Examples:",
            "  steward events -n 50",
            "  steward events -f",
            "  steward events -f --json | jq -r .agent"
        })
final class EventsCommand implements Callable<Integer> {
    private final Root root;

    @Option(
            names = {"-f", "--follow"},
            description = "Goes on with those that come, until Ctrl-C.")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "20",
            description = "The last N. Default: 20.")
    private int limit;

    @Option(names = "--json", description = "For programs: one JSON object a line.")
    private boolean json;

    EventsCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() throws Exception {
        if (follow) {
            return live();
        }
        return Without.daemon(this::live, this::remembered);
    }

    private int live() throws Failure, ControlException {
        var question = Question.of("events")
                .with("limit", limit)
                .with("follow", follow)
                .with("format", json ? "json" : "text");
        try (var client = root.connect()) {
            client.ask(question, line -> {
                root.caller().printLine(line);
                if (!root.caller().isHeard()) {
                    throw new Unheard();
                }
            });
            return Exit.OK;
        } catch (Unheard e) {
            return Exit.OK;
        } catch (ControlException e) {
            if (follow && e.kind() == Kind.NO_ANSWER) {
                throw new Failure(Exit.UNAVAILABLE, e.getMessage() + "; no more events come");
            }
            throw e;
        }
    }

    private int remembered() throws Exception {
        try (var state = root.state()) {
            Root.remembered(state).lastEvents(limit, json).lines().forEach(root.caller()::printLine);
            return Exit.OK;
        }
    }

    /** Whoever read the output has enough. */
    private static final class Unheard extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unheard() {
            super(null, null, false, false);
        }
    }
}
