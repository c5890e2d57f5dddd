package dev.steward.bus.redis;

import dev.steward.bus.ledger.Outgoing;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Entries of orders that nobody needs any more, until the sender has removed them. One that is forgotten, since the link broke, comes
 * again as a pending entry and is settled then. Thread-safe.
 */
final class Settlements {
    /**
     * Entries to remove.
     *
     * @param again what to say once more before, since the order's sender seems not to have heard it
     */
    record Settlement(String inbox, String id, List<String> entries, Optional<Outgoing> again) {}

    private static final int MOST = 20_000;
    private static final int LATEST = 5_000;

    private final ArrayDeque<Settlement> waiting = new ArrayDeque<>();
    private final Map<String, Boolean> latest = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > LATEST;
        }
    };
    /** That Redis refused. */
    private final List<Settlement> heldBack = new ArrayList<>();

    private final Bell bell;

    /** @param bell rung when there is something, and whenever the ledger may have something to send */
    Settlements(Bell bell) {
        this.bell = bell;
    }

    void add(Settlement settlement) {
        synchronized (waiting) {
            if (waiting.size() < MOST) {
                waiting.add(settlement);
            }
            settlement.entries.forEach(entry -> latest.put(name(settlement.inbox, entry), true));
        }
        bell.ring();
    }

    /** Whether this entry was settled lately, and may still come as a pending one. */
    boolean isSettled(String inbox, String entry) {
        synchronized (waiting) {
            return latest.containsKey(name(inbox, entry));
        }
    }

    private static String name(String inbox, String entry) {
        return entry + " " + inbox;
    }

    List<Settlement> take(int most) {
        synchronized (waiting) {
            var some = new ArrayList<Settlement>();
            while (some.size() < most && !waiting.isEmpty()) {
                some.add(waiting.poll());
            }
            return some;
        }
    }

    /** Waits until there may be something to do, for the sender, or the time is over. */
    void await(Duration most) throws InterruptedException {
        bell.await(most);
    }

    /** Wakes the sender. */
    void wake() {
        bell.ring();
    }

    /** These are of no use now, since Redis refuses a key that they need. */
    void holdBack(Collection<Settlement> some) {
        synchronized (waiting) {
            if (heldBack.size() < MOST) {
                heldBack.addAll(some);
            }
        }
    }

    /** Those that were held back are tried again. */
    void release() {
        synchronized (waiting) {
            waiting.addAll(heldBack);
            heldBack.clear();
        }
    }

    /** They could not be settled. */
    void putBack(Collection<Settlement> some) {
        synchronized (waiting) {
            some.forEach(waiting::addFirst);
        }
    }
}
