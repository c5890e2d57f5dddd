package dev.steward.cli;

import dev.steward.control.ControlException;
import dev.steward.control.OrderGoal;
import dev.steward.control.OrderGoal.Verdict;
import dev.steward.control.Question;
import java.time.Duration;

/** Waits for what becomes of an order: the daemon tells; without one it is looked for now and then. */
record OrderWaiting(Root root, OrderGoal goal) {
    private static final Duration EVERY = Duration.ofMillis(200);

    /**
     * The order at the end of the wait.
     *
     * @param told for people, in a line
     * @param order as JSON
     */
    record Seen(Verdict verdict, String told, String order) {}

    Seen on(String id, Duration most) throws Exception {
        var seen = Without.orders(() -> live(id, most), () -> alone(id, most));
        return seen.verdict() == Verdict.WAITING
                ? new Seen(
                        Verdict.WAITING,
                        seen.told() + "; nothing else came within " + most.toSeconds() + " s. The order stays",
                        seen.order())
                : seen;
    }

    private Seen live(String id, Duration most) throws Failure, ControlException {
        var answer = root.ask(Question.of("order_wait")
                .with("id", id)
                .with("until", goal.word())
                .with("timeout_s", most.toSeconds()));
        if (answer.member("verdict").equals("null")) {
            throw unknown(id);
        }
        return new Seen(Verdict.of(answer.text("verdict")), answer.text("text"), answer.member("order"));
    }

    private Seen alone(String id, Duration most) throws Exception {
        try (var ledger = OrderLedger.toRead(root)) {
            var left = most;
            while (true) {
                var row = ledger.order(id).orElseThrow(() -> unknown(id));
                var verdict = goal.verdict(row);
                if (verdict != Verdict.WAITING || !left.isPositive()) {
                    return new Seen(
                            verdict, goal.told(row), ledger.report().json(id).orElse("null"));
                }
                root.caller().pause().of(EVERY);
                left = left.minus(EVERY);
            }
        }
    }

    private static Failure unknown(String id) {
        return new Failure(Exit.UNAVAILABLE, "this node knows no order " + id + " any more");
    }
}
