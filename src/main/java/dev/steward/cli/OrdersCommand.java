package dev.steward.cli;

import dev.steward.bus.OrderQuery;
import dev.steward.bus.OrderState;
import dev.steward.control.ControlException;
import dev.steward.control.Question;
import dev.steward.logs.read.Moment;
import dev.steward.logs.read.Moment.TimeOfDay;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "orders",
        description = "Lists work orders that this node knows, newest first. Works without a daemon.",
        footer = {
            "",
            "STATE is dropped, delivered, working, done, failed, dead or abandoned; the words pending, queued,",
            "in_progress, running, completed, error and stale are understood, too. TIME is as in steward logs.",
            "",
            "Examples:",
            "  steward orders",
            "  steward orders --to CLC --state failed,dead",
            "  steward orders --since 1h --json | jq -r .wo_id",
            "  steward orders --state dropped -n 1000"
        })
final class OrdersCommand implements Callable<Integer> {
    private static final int MOST = 1_000_000;
    private static final int MOST_IN_A_TABLE = 10_000;

    private final Root root;

    @Option(
            names = "--state",
            paramLabel = "STATE,STATE",
            description = "Only in this state; several, separated by commas.")
    private List<String> states = new ArrayList<>();

    @Option(names = "--to", paramLabel = "INBOX", description = "Only for this inbox, in any case.")
    private Optional<String> to = Optional.empty();

    @Option(names = "--since", paramLabel = "TIME", description = "Only what came to this node then or later.")
    private Optional<String> since = Optional.empty();

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "50",
            description = "The newest N. Default: 50.")
    private int limit;

    @Option(names = "--json", description = "For programs: one JSON object a line.")
    private boolean json;

    OrdersCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() throws Exception {
        var most = json ? MOST : MOST_IN_A_TABLE;
        if (limit < 0 || limit > most) {
            throw new Failure(
                    Exit.USAGE, "-n " + limit + ": from 0 to " + most + (json ? "" : "; with --json up to " + MOST));
        }
        var query = new OrderQuery(states(), to, moment(), Optional.empty(), limit);
        var count = Without.orders(() -> live(query), () -> alone(query));
        if (count == limit && limit > 0) {
            root.caller().say("these are the newest " + limit + "; if there are more, -n shows them");
        }
        return Exit.OK;
    }

    private Set<OrderState> states() throws Failure {
        var known = EnumSet.noneOf(OrderState.class);
        for (var word : String.join(",", states).split(",", -1)) {
            if (word.isBlank()) {
                continue;
            }
            known.add(OrderState.of(word.strip())
                    .orElseThrow(() -> new Failure(
                            Exit.USAGE,
                            "--state: there is no state '" + word
                                    + "'; there are dropped, delivered, working, done, failed, dead and abandoned")));
        }
        return known;
    }

    private Optional<Instant> moment() throws Failure {
        if (since.isEmpty()) {
            return Optional.empty();
        }
        var moment =
                Moment.of(since.get(), TimeOfDay.LAST, root.caller().clock().instant(), Caller.zone());
        if (moment.isEmpty()) {
            throw new Failure(Exit.USAGE, "--since: '" + since.get() + "' is no time; " + Moment.WRITTEN);
        }
        return moment;
    }

    /** How many were shown. */
    private int live(OrderQuery query) throws Failure, ControlException {
        var question = Question.of("orders")
                .with("states", query.states().stream().map(OrderState::word).toList())
                .with("limit", limit)
                .with("format", json ? "json" : "text");
        query.to().ifPresent(inbox -> question.with("to", inbox));
        query.since().ifPresent(at -> question.with("since", at.toString()));
        var answer = root.ask(question, root.caller()::printLine);
        return json ? Integer.parseInt(answer.json()) : show(answer.text());
    }

    private int alone(OrderQuery query) throws Exception {
        try (var ledger = OrderLedger.toRead(root)) {
            var report = ledger.report();
            return json ? report.each(query, root.caller()::printLine) : show(report.table(query));
        }
    }

    private int show(String table) {
        root.caller().print(table);
        // The first line has the heads.
        return Math.max(0, (int) table.lines().count() - 1);
    }
}
