package dev.steward.bus.ledger;

import dev.steward.bus.OrderRow;
import dev.steward.bus.OrderState;

/**
 * An order as it is kept.
 *
 * @param quarantined whether it is dead because a receiver found it to be not what was sent
 */
record Kept(OrderRow row, boolean quarantined) {
    long seq() {
        return row.seq();
    }

    String id() {
        return row.heading().id();
    }

    boolean here() {
        return row.here();
    }

    boolean acknowledged() {
        return row.acknowledgement().isPresent();
    }

    /** What its acknowledgement makes of it. */
    OrderState delivered() {
        // What was in quarantine came once more, and well. But whoever cancelled it doesn't want it worked on.
        boolean opens = row.state() == OrderState.DROPPED || quarantined;
        if (!opens) {
            return row.state();
        }
        // Its result may have been heard first.
        return row.result()
                .map(result -> result.success() ? OrderState.DONE : OrderState.DEAD)
                .orElse(OrderState.DELIVERED);
    }
}
