package dev.steward.control;

import dev.steward.bus.Acknowledgement;
import dev.steward.bus.OrderRow;
import dev.steward.bus.Result;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What somebody waits for who dropped a work order. */
public enum OrderGoal {
    /** That its receiver acknowledged it. */
    ACK,
    /** That nothing more happens to it. */
    RESULT;

    /** How far an order is. */
    public enum Verdict {
        WAITING,
        WELL,
        BAD;

        /** As it is told to programs. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The verdict of that word. */
        public static Verdict of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** As it is typed. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<OrderGoal> of(String word) {
        return Stream.of(values()).filter(goal -> goal.word().equals(word)).findFirst();
    }

    /** Whether the wait is over. */
    public Verdict verdict(OrderRow row) {
        if (this == ACK && row.acknowledgement().isPresent()) {
            return Verdict.WELL;
        }
        return switch (row.state()) {
            case DROPPED, DELIVERED, WORKING, FAILED -> Verdict.WAITING;
            case DONE -> Verdict.WELL;
            case DEAD, ABANDONED -> Verdict.BAD;
        };
    }

    /** What came of it, for people, in a line. */
    public String told(OrderRow row) {
        var said = this == ACK ? row.acknowledgement() : Optional.<Acknowledgement>empty();
        return Plain.of(row.heading().id()) + " is "
                + said.map(ack -> "acknowledged by " + Plain.of(ack.by()) + " on " + Plain.of(ack.node()) + ", after "
                                + Times.precise(Duration.ofMillis(ack.latencyMs())))
                        .orElseGet(() -> row.state().word() + result(row) + reason(row));
    }

    private static String result(OrderRow row) {
        return row.result()
                .filter(_ -> row.state().isEnd())
                .map(result -> ", by " + Plain.of(result.by()) + ", attempt " + result.attempt() + " took "
                        + Times.precise(result.took()))
                .orElse("");
    }

    private static String reason(OrderRow row) {
        var reason = row.reason().isEmpty() ? row.result().map(Result::reason).orElse("") : row.reason();
        return reason.isEmpty() ? "" : ": " + Plain.of(reason);
    }
}
