package dev.steward.cli;

import dev.steward.bus.Accepted;
import dev.steward.bus.OrderState;
import dev.steward.control.Answer;
import dev.steward.control.OrderGoal.Verdict;
import dev.steward.control.Question;
import dev.steward.orders.Draft;
import java.util.Optional;

/** Tells what became of an order that was dropped: to people at once, to programs at the end. */
final class DropReport {
    private final Caller caller;
    private final Draft draft;
    private final boolean json;
    private String id = "";
    private OrderState state = OrderState.DROPPED;
    private boolean isNew = true;
    private String remark = "";

    DropReport(Caller caller, Draft draft, boolean json) {
        this.caller = caller;
        this.draft = draft;
        this.json = json;
    }

    String id() {
        return id;
    }

    /**
     * Prints the id, alone in its line.
     *
     * @throws Failure if another order has it
     */
    void accepted(Accepted accepted) throws Failure {
        switch (accepted) {
            case Accepted.New it -> id = it.id();
            case Accepted.Same it -> {
                id = it.id();
                state = it.state();
                isNew = false;
                say(id + " was dropped before, and is " + state.word());
            }
            case Accepted.Conflict it ->
                throw new Failure(
                        Exit.CANNOT_CREATE,
                        it.id() + " is the id of another order: " + it.reason() + ". Nothing was dropped");
        }
        if (!json) {
            caller.printLine(id);
            if (caller.terminal().out().trouble().isPresent()) {
                say(id + " is dropped");
            }
        }
    }

    /** What people should know of its way. */
    void remark(String text) {
        remark = remark.isEmpty() ? text : remark + "; " + text;
        say(text);
    }

    /** With what was seen of it, if somebody waited; gives the exit status. */
    int end(Optional<OrderWaiting.Seen> seen) {
        if (json) {
            caller.printLine(object(seen));
        } else {
            seen.ifPresent(it -> say(it.told()));
        }
        return seen.map(it -> status(it.verdict())).orElse(Exit.OK);
    }

    private static int status(Verdict verdict) {
        return switch (verdict) {
            case WELL -> Exit.OK;
            case BAD -> Exit.BAD_NEWS;
            case WAITING -> Exit.TRY_LATER;
        };
    }

    private void say(String message) {
        if (!json) {
            caller.say(message);
        }
    }

    /** The last that is known. */
    private String lastState(Optional<OrderWaiting.Seen> seen) {
        return seen.map(OrderWaiting.Seen::order)
                .filter(order -> !order.equals("null"))
                .map(order -> new Answer(order).text("state"))
                .orElse(state.word());
    }

    private String object(Optional<OrderWaiting.Seen> seen) {
        return "{\"wo_id\":" + Question.quote(id)
                + ",\"to\":" + Question.quote(draft.to().text())
                + ",\"new\":" + isNew
                + ",\"state\":" + Question.quote(lastState(seen))
                + ",\"remark\":" + Question.quote(remark)
                + ",\"verdict\":"
                + seen.map(it -> Question.quote(it.verdict().word())).orElse("null")
                + ",\"order\":" + seen.map(OrderWaiting.Seen::order).orElse("null") + "}";
    }
}
