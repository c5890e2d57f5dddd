package dev.steward.bus;

/** What became of an order that was dropped. */
public sealed interface Accepted {
    /** It is on the bus, durably. */
    record New(String id) implements Accepted {}

    /** The same order was dropped before ({@link WorkOrder#repeats}): nothing was done, which is well. */
    record Same(String id, OrderState state) implements Accepted {}

    /** Another order has this id: nothing was done. */
    record Conflict(String id, String reason) implements Accepted {}
}
