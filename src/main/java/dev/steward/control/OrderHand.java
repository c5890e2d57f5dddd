package dev.steward.control;

import dev.steward.bus.Acknowledgement;
import dev.steward.bus.BusException;
import dev.steward.bus.Change;
import dev.steward.bus.Lifecycle;
import dev.steward.bus.OrderRow;
import dev.steward.bus.OrderState;
import dev.steward.bus.Result;
import dev.steward.bus.Work;
import dev.steward.bus.ledger.Ledger;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;

/** Changes work orders for whoever asks by hand, the same way with a daemon and without. Any thread. */
public final class OrderHand {
    private final Ledger ledger;
    private final InstantSource clock;

    public OrderHand(Ledger ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * What is asked for.
     *
     * @param by who asks
     * @param reason for people; may be empty
     * @param output the result that was handed in, at most {@link Result#OUTPUT_LIMIT} characters; may be empty
     */
    public record Wish(String id, OrderVerb verb, String by, String reason, String output) {}

    /** What came of it. */
    public sealed interface Outcome {
        /** It is in this state now. */
        record Changed(OrderState state) implements Outcome {}

        /** Nothing changed, for this reason. */
        record Refused(String reason) implements Outcome {}

        /** This node doesn't know the order. */
        record Unknown() implements Outcome {}
    }

    /** Does it, or says why not. When it returns, what changed is on disk. */
    public Outcome change(Wish wish) throws BusException {
        var row = ledger.order(wish.id());
        if (row.isEmpty()) {
            return new Outcome.Unknown();
        }
        var outcome = ledger.change(wish.id(), change(wish, row.get()))
                .map(OrderHand::outcome)
                .orElseGet(Outcome.Unknown::new);
        if (wish.verb() == OrderVerb.RETRY && outcome instanceof Outcome.Changed) {
            bringBack(row.get());
        }
        return outcome;
    }

    /** Whoever reads the inbox is to find it there again. */
    private void bringBack(OrderRow row) throws BusException {
        try {
            OrderPlace.bringBack(row, ledger);
        } catch (IOException e) {
            throw new BusException(
                    BusException.Kind.UNAVAILABLE,
                    row.heading().id() + " is to be worked on again, but cannot be taken out of the archive: "
                            + e.getMessage(),
                    e);
        }
    }

    private static Outcome outcome(Lifecycle.Next next) {
        return switch (next) {
            case Lifecycle.Next.To to -> new Outcome.Changed(to.state());
            case Lifecycle.Next.Refused refused -> new Outcome.Refused(refused.reason());
        };
    }

    private Change change(Wish wish, OrderRow row) {
        return switch (wish.verb()) {
            case RETRY -> new Change.Retry(wish.by());
            case CANCEL -> new Change.Cancel(wish.by(), wish.reason());
            case ABANDON -> new Change.Abandon(wish.by(), said(wish, "given up by hand"));
            case DONE -> new Change.Done(result(wish, row, ""));
            case FAIL ->
                new Change.Failed(result(wish, row, said(wish, "failed, says " + wish.by())), Optional.empty());
        };
    }

    private static String said(Wish wish, String otherwise) {
        return wish.reason().isEmpty() ? otherwise : wish.reason();
    }

    private Result result(Wish wish, OrderRow row, String reason) {
        var now = clock.instant();
        return new Result(
                wish.verb() == OrderVerb.DONE,
                wish.by(),
                Math.max(1, row.attempt()),
                took(row, now),
                OptionalInt.empty(),
                reason,
                wish.output(),
                now);
    }

    /** Of one who never said that he began: since the order lies in the inbox. The wall clock may have been set back. */
    private static Duration took(OrderRow row, Instant now) {
        var began = row.work().map(Work::since).or(() -> row.acknowledgement().map(Acknowledgement::at));
        var took = Duration.between(began.orElse(now), now);
        return took.isNegative() ? Duration.ZERO : took;
    }
}
