package dev.steward.bus.redis;

import dev.steward.bus.Body;
import dev.steward.bus.WorkOrder;
import java.util.concurrent.atomic.AtomicLong;

/** How much memory the orders take that this node holds for all its inboxes together. Thread-safe. */
final class Room {
    /** With more, an inbox is read only if none of its orders waits here. */
    private static final long ENOUGH = 6L * 1024 * 1024;

    private static final int OVERHEAD = 1_000;

    private final AtomicLong taken = new AtomicLong();

    void take(WorkOrder order) {
        taken.addAndGet(size(order));
    }

    void give(WorkOrder order) {
        taken.addAndGet(-size(order));
    }

    boolean isLeft() {
        return taken.get() < ENOUGH;
    }

    private static long size(WorkOrder order) {
        long body = order.body().content() instanceof Body.Content.Inline(var bytes) ? bytes.size() : 0;
        return OVERHEAD + order.envelope().length() + body;
    }
}
