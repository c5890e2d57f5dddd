package dev.steward.cli;

import dev.steward.bus.Accepted;
import dev.steward.bus.BusException;
import dev.steward.bus.BusException.Kind;
import dev.steward.config.InboxConfig;
import dev.steward.control.OrderGoal;
import dev.steward.orders.Draft;
import dev.steward.orders.InboxName;
import dev.steward.orders.OrderException;
import dev.steward.orders.OrderId;
import dev.steward.orders.Payload;
import dev.steward.orders.Priority;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "drop",
        description = {
            "Drops a work order and prints its id. When it returns, the order is on disk and will be delivered.",
            "Works without a daemon."
        },
        footer = {
            "",
            "The same order dropped twice under one --id is one order. Without --id each is a new one.",
            "",
            "Examples:",
            "  steward drop --to CLC --title 'Nightly report' --body report.yaml",
            "  id=$(steward drop --to CLC --title 'Nightly report' --body report.yaml)",
            "  date | steward drop --to CLC --title Hello --body - --priority P1 --tags greeting,test",
            "  steward drop --to CLC --title Hello --body hello.txt --wait --timeout 10s",
            "  steward drop --to CLC --title Hello --body hello.txt --wait=result --json | jq .order.result"
        })
final class DropCommand implements Callable<Integer> {
    private static final Duration USUAL = Duration.ofSeconds(60);

    private final Root root;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--to", paramLabel = "INBOX", required = true, description = "Whose inbox it goes to.")
    private String to = "";

    @Option(names = "--title", paramLabel = "TEXT", required = true, description = "What it is about, in a line.")
    private String title = "";

    @Option(
            names = "--body",
            paramLabel = "FILE",
            required = true,
            description = "The payload, byte for byte; - is standard input.")
    private String body = "";

    @Option(names = "--priority", paramLabel = "P0..P4", description = "P0 is worked first. Default: P3.")
    private String priority = Priority.USUAL.name();

    @Option(names = "--tags", paramLabel = "TAG,TAG", description = "Tags, separated by commas.")
    private List<String> tags = new ArrayList<>();

    @Option(
            names = "--from",
            paramLabel = "NAME",
            description = "Who drops it, and hears of its acknowledgement; default: the agent that runs this"
                    + " ($$STEWARD_AGENT), else the user.")
    private Optional<String> from = Optional.empty();

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "Its id, for dropping it again without fear; default: a new one.")
    private Optional<String> id = Optional.empty();

    @Option(
            names = "--wait",
            paramLabel = "GOAL",
            arity = "0..1",
            fallbackValue = "ack",
            description = "Waits until its receiver has acknowledged it; --wait=result: until nothing more happens to"
                    + " it. Exit status 1: it is dead or abandoned.")
    private Optional<Goal> goal = Optional.empty();

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Spans.class,
            description = "Waits at most so long, then exits with 75; the order stays. Default: 60s.")
    private Optional<Duration> timeout = Optional.empty();

    @Option(names = "--json", description = "For programs: one JSON object, after the wait.")
    private boolean json;

    /** As people write them. */
    enum Goal {
        ack(OrderGoal.ACK),
        result(OrderGoal.RESULT);

        private final OrderGoal goal;

        Goal(OrderGoal goal) {
            this.goal = goal;
        }
    }

    DropCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() throws Exception {
        if (timeout.isPresent() && goal.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--timeout goes with --wait");
        }
        var draft = draft();
        var payload = payload();
        var report = new DropReport(root.caller(), draft, json);
        try (var bus = OrderBus.open(root)) {
            report.accepted(drop(bus, draft, payload));
            bus.remark().ifPresent(report::remark);
            bus.unreceived(report.id()).ifPresent(report::remark);
        }
        var seen = goal.isEmpty()
                ? Optional.<OrderWaiting.Seen>empty()
                : Optional.of(new OrderWaiting(root, goal.get().goal).on(report.id(), timeout.orElse(USUAL)));
        return report.end(seen);
    }

    private static Accepted drop(OrderBus bus, Draft draft, Payload payload)
            throws Failure, OrderException, BusException {
        try {
            return bus.drop(draft, payload);
        } catch (BusException e) {
            if (e.kind() != Kind.UNAVAILABLE) {
                throw e;
            }
            throw new Failure(
                    Exit.UNAVAILABLE,
                    e.getMessage() + ". Whether the order was taken is not known; drop it again with --id "
                            + draft.id().map(OrderId::text).orElse("") + ", which never makes two of one");
        }
    }

    private Draft draft() throws Failure, OrderException {
        var urgency = Priority.of(priority);
        if (urgency.isEmpty()) {
            throw new Failure(Exit.USAGE, "--priority: there is no '" + priority + "'; there are P0 to P4");
        }
        var wrong = InboxConfig.objection(to);
        if (wrong.isPresent()) {
            throw new Failure(Exit.USAGE, "--to: '" + to + "' " + wrong.get());
        }
        var caller = root.caller();
        // Made here, so that it can be told what to drop again if the answer is lost.
        var own = id.isPresent()
                ? OrderId.of(id.get())
                : OrderId.next(LocalDate.ofInstant(caller.clock().instant(), Caller.zone()), new SecureRandom());
        return new Draft(
                Optional.of(own),
                InboxName.of(to),
                InboxName.of(from.orElseGet(() -> OrderSender.of(caller.environment()))),
                urgency.get(),
                title,
                tags);
    }

    private Payload payload() throws Failure {
        if (body.equals("-")) {
            return Payload.stream(root.caller().terminal().in());
        }
        return Payload.file(InputFile.of(root, "--body", body));
    }
}
