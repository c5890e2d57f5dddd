package dev.steward.bus.ledger;

import dev.steward.bus.Acknowledgement;
import dev.steward.bus.OrderRow;
import dev.steward.bus.Result;
import dev.steward.bus.WorkOrder;

/** What waits here to be sent over Redis. */
public sealed interface Outgoing {
    /** What there is to send. */
    enum Kind {
        /** See {@link Outgoing.Acked}. */
        ACKED,
        /** See {@link Outgoing.Quarantined}. */
        QUARANTINED,
        /** See {@link Outgoing.Answered}. */
        ANSWERED,
        /** See {@link Outgoing.Withdrawn}. */
        WITHDRAWN,
        /** See {@link Outgoing.Order}. */
        ORDER
    }

    /** Marks it as sent by this, see {@link Ledger#sent}. */
    long seq();

    /** Which of them it is. */
    default Kind kind() {
        return switch (this) {
            case Acked _ -> Kind.ACKED;
            case Quarantined _ -> Kind.QUARANTINED;
            case Answered _ -> Kind.ANSWERED;
            case Withdrawn _ -> Kind.WITHDRAWN;
            case Order _ -> Kind.ORDER;
        };
    }

    /** An order that was dropped here. */
    record Order(long seq, WorkOrder order) implements Outgoing {}

    /** An acknowledgement that a receiver here made. */
    record Acked(long seq, Acknowledgement acknowledgement) implements Outgoing {}

    /** An order of another node that a receiver here put into quarantine. */
    record Quarantined(long seq, String id, OrderRow.Hashes hashes, String reason) implements Outgoing {}

    /** An order that was dropped here was cancelled or abandoned before it was acknowledged: nobody is to deliver it any more. */
    record Withdrawn(long seq, String id, String inbox) implements Outgoing {}

    /** The result of an order. */
    record Answered(long seq, String id, Result result) implements Outgoing {}
}
