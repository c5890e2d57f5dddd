package dev.steward.orders.work;

import dev.steward.bus.OrderRow;
import java.util.List;
import java.util.Set;

/** Which orders a worker begins. Pure. */
final class Slots {
    private Slots() {}

    /**
     * The orders on which attempts begin now, in their order: never more than there is room for, and none that is in hand.
     *
     * @param workable by priority, then by age
     * @param inHand ids of orders whose last attempt is not over, of whichever worker
     * @param busy how many of these are this worker's
     */
    static List<OrderRow> begin(List<OrderRow> workable, Set<String> inHand, int busy, int concurrency) {
        return workable.stream()
                .filter(row -> !inHand.contains(row.heading().id()))
                .limit(Math.max(0, concurrency - busy))
                .toList();
    }
}
