package dev.steward.testing;

import static dev.steward.testing.FakeNode.NOW;

import dev.steward.bus.Acknowledgement;
import dev.steward.bus.Heading;
import dev.steward.bus.OrderRow;
import dev.steward.bus.OrderState;
import dev.steward.bus.Result;
import dev.steward.bus.Work;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Orders made up by hand, as a ledger holds them. */
public final class FakeOrders {
    private static final String HASH = "0123456789abcdef".repeat(4);

    private FakeOrders() {}

    /** The order of that number for CLC, with what belongs to its state. */
    public static OrderRow in(OrderState state, long seq) {
        return row(
                state,
                "",
                seq,
                new Heading("WO-" + seq, "CLC", "CLS", "P3", "Order " + seq, "a,b", NOW.minusSeconds(90)));
    }

    public static OrderRow row(OrderState state, String reason, long seq, Heading heading) {
        var delivered = state != OrderState.DROPPED && state != OrderState.ABANDONED;
        var worked = state == OrderState.DONE || state == OrderState.FAILED || state == OrderState.DEAD;
        return new OrderRow(
                seq,
                heading,
                OrderRow.Origin.DROPPED_HERE,
                delivered,
                state,
                reason,
                worked || state == OrderState.WORKING ? 1 : 0,
                0,
                state == OrderState.FAILED ? Optional.of(NOW.plusSeconds(5)) : Optional.empty(),
                state == OrderState.WORKING
                        ? Optional.of(new Work("clc", 4242, 7, "boot", NOW.minusSeconds(3)))
                        : Optional.empty(),
                delivered ? Optional.of(acknowledgement(heading)) : Optional.empty(),
                worked ? Optional.of(result(state == OrderState.DONE)) : Optional.empty(),
                new OrderRow.Hashes(HASH, HASH),
                1_234,
                NOW.minusSeconds(90),
                NOW.minusSeconds(1));
    }

    private static Acknowledgement acknowledgement(Heading heading) {
        return new Acknowledgement(
                heading.id(), heading.to(), "clc", "studio", "0199-inc", NOW.minusSeconds(89), 12, HASH, HASH);
    }

    private static Result result(boolean success) {
        return new Result(
                success,
                "clc",
                1,
                Duration.ofMillis(5_250),
                OptionalInt.of(success ? 0 : 3),
                success ? "" : "exit status 3",
                "first line\nsecond \u001b[2J line\n",
                NOW.minusSeconds(2));
    }
}
