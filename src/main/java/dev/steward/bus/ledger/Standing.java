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
}
