package dev.steward.control;

import dev.steward.bus.OrderState;
import dev.steward.config.InboxUse;
import java.util.Map;

/**
 * An inbox that this node receives, at one moment.
 *
 * @param orders how many orders for it this node knows, by state; without those that are done or abandoned, which nobody waits for
 */
public record InboxStatus(InboxUse use, Map<OrderState, Long> orders) {
    /** As {@link #orders} has it, else 0. */
    long in(OrderState state) {
        return orders.getOrDefault(state, 0L);
    }
}
