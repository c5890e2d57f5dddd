package dev.steward.bus.ledger;

import dev.steward.bus.OrderRow;
import dev.steward.bus.OrderState;

/**
 * How an order stands.
 *
 * @param acknowledged whether a receiver has it
 */
public record Standing(OrderRow.Origin origin, OrderState state, OrderRow.Hashes hashes, boolean acknowledged) {
    /** How this one stands. */
    static Standing of(OrderRow row) {
        return new Standing(
                row.origin(), row.state(), row.hashes(), row.acknowledgement().isPresent());
    }

    /** Whether it was dropped here, and nobody is to deliver it any more. */
    public boolean withdrawn() {
        return origin == OrderRow.Origin.DROPPED_HERE && state != OrderState.DROPPED;
    }
}
