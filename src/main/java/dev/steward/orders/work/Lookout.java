package dev.steward.orders.work;

import dev.steward.posix.Poller;
import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Decides when the ledger is looked at: after changes, when an attempt is due, and every half minute although nothing told of a
 * change. Under a stream of changes it rests nine times as long as a look takes. For the loop's thread, but for {@link #changed}.
 */
final class Lookout {
    private static final Duration NET = Duration.ofSeconds(30);
    private static final int REST = 9;
    /** The ledger may keep less of an instant than there is to it, and a look too early would find nothing. */
    private static final Duration SLACK = Duration.ofMillis(5);
    /** More are found by the net. */
    private static final int MOST_DUE = 10_000;

    private final Poller poller;
    private final Clocks clocks;
    private final AtomicBoolean changed = new AtomicBoolean(true);
    private final PriorityQueue<Instant> due = new PriorityQueue<>();
    private boolean looking;
    private long began;
    private long notBefore;
    private long net;

    Lookout(Poller poller, Clocks clocks) {
        this.poller = poller;
        this.clocks = clocks;
        notBefore = clocks.nanos();
        net = notBefore;
    }

    /** Something changed; from any thread. */
    void changed() {
        if (changed.compareAndSet(false, true)) {
            poller.wake();
        }
    }

    /** An attempt may begin then. */
    void due(Instant at) {
        if (due.size() < MOST_DUE) {
            due.add(at.plus(SLACK));
        }
    }

    /** Whether to look now; then it has begun. */
    boolean begins() {
        var nanos = clocks.nanos();
        if (looking || pause(nanos) > 0) {
            return false;
        }
        looking = true;
        began = nanos;
        changed.set(false);
        var now = clocks.instant();
        while (!due.isEmpty() && !due.peek().isAfter(now)) {
            due.remove();
        }
        return true;
    }

    /** The look is over. */
    void ended() {
        looking = false;
        var now = clocks.nanos();
        notBefore = now + REST * (now - began);
        net = now + NET.toNanos();
    }

    /** In how many nanoseconds the next look is due; none is while one is going on, which tells of its end. */
    long pause(long now) {
        if (looking) {
            return Long.MAX_VALUE;
        }
        var wanted = changed.get() ? 0 : Math.min(net - now, untilDue());
        return Math.max(wanted, notBefore - now);
    }

    private long untilDue() {
        var next = due.peek();
        return next == null
                ? Long.MAX_VALUE
                : Math.max(0, Duration.between(clocks.instant(), next).toNanos());
    }
}
