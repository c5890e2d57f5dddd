package dev.steward.bus.ledger;

import dev.steward.bus.OrderState;

/**
 * How an order stands.
 *
 * @param acknowledged whether a receiver has it
 */
public record Standing(OrderState state, boolean acknowledged) {}
