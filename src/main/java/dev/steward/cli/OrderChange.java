package dev.steward.cli;

import dev.steward.bus.OrderState;
import dev.steward.control.ControlException;
import dev.steward.control.OrderHand.Outcome;
import dev.steward.control.OrderHand.Wish;
import dev.steward.control.OrderVerb;
import dev.steward.control.Question;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the commands have in common that change an order. */
abstract class OrderChange implements Callable<Integer> {
    private final Root root;
    private final OrderVerb verb;

    @Parameters(paramLabel = "ID", description = "The order's id.")
    private String id = "";

    @Option(names = "--json", description = "For programs: one JSON object.")
    private boolean json;

    OrderChange(Root root, OrderVerb verb) {
        this.root = root;
        this.verb = verb;
    }

    /** Why; empty if nothing is said. */
    abstract String reason();

    /** The result that is handed in; may be empty. */
    abstract String output() throws Exception;

    @Override
    public Integer call() throws Exception {
        var wish = new Wish(id, verb, OrderSender.of(root.caller().environment()), reason(), output());
        return end(Without.orders(() -> live(wish), () -> alone(wish)));
    }

    private Outcome live(Wish wish) throws Failure, ControlException {
        var answer = root.ask(Question.of("order_change")
                .with("id", wish.id())
                .with("change", wish.verb().word())
                .with("by", wish.by())
                .with("reason", wish.reason())
                .with("output", wish.output()));
        if (!answer.flag("known")) {
            return new Outcome.Unknown();
        }
        return answer.member("state").equals("null")
                ? new Outcome.Refused(answer.text("refused"))
                : new Outcome.Changed(OrderState.of(answer.text("state")).orElseThrow());
    }

    private Outcome alone(Wish wish) throws Exception {
        try (var ledger = OrderLedger.toChange(root)) {
            var outcome = ledger.hand().change(wish);
            ledger.tellTheAuditTrail();
            return outcome;
        }
    }

    private int end(Outcome outcome) {
        var caller = root.caller();
        return switch (outcome) {
            case Outcome.Changed changed -> {
                caller.printLine(
                        json ? object(changed) : id + "  " + changed.state().word());
                yield Exit.OK;
            }
            case Outcome.Refused refused -> {
                caller.say(id + ": " + refused.reason());
                yield Exit.BAD_NEWS;
            }
            case Outcome.Unknown _ -> {
                caller.say("this node knows no order " + id);
                yield Exit.BAD_NEWS;
            }
        };
    }

    private String object(Outcome.Changed changed) {
        return "{\"wo_id\":" + Question.quote(id) + ",\"state\":"
                + Question.quote(changed.state().word()) + "}";
    }
}
