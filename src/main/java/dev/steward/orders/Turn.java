package dev.steward.orders;

import dev.steward.bus.Body;
import dev.steward.bus.WorkOrder;
import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;

/**
 * An order's turn to get its place: folders are written side by side, and appear in the inbox in the order in which they were taken. One
 * that meets trouble, or has a large payload, holds up nobody.
 */
final class Turn {
    private final CountDownLatch before;
    private final CountDownLatch over;

    /** Whether others wait for it, and not for those before it. */
    private final boolean holdsUp;

    private Turn(CountDownLatch before, CountDownLatch over, boolean holdsUp) {
        this.before = before;
        this.over = over;
        this.holdsUp = holdsUp;
    }

    /** Nobody is before it, and it is over. */
    static Turn free() {
        var none = new CountDownLatch(0);
        return new Turn(none, none, false);
    }

    /** The turn of the order that was taken next. */
    Turn next(WorkOrder order) {
        return switch (order.body().content()) {
            case Body.Content.Inline _ -> new Turn(over, new CountDownLatch(1), true);
            case Body.Content.Spooled _ -> new Turn(over, over, false);
        };
    }

    /** Waits for those before it. What they wait for is on other threads, which had begun before. */
    void await() throws InterruptedIOException {
        try {
            before.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /** Lets the next one go on; has no effect after the first time. */
    void end() {
        if (holdsUp) {
            over.countDown();
        }
    }
}
