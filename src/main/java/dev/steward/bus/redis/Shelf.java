package dev.steward.bus.redis;

import dev.steward.bus.WorkOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What this node has read of an inbox and nobody has settled: orders that wait for a receiver, and those that one has. Thread-safe. */
final class Shelf {
    /** So many wait here at most; a later order of high priority overtakes those that do. */
    private static final int MOST = 64;

    /** An order that this node holds. */
    private static final class Held {
        private final long number;
        private final WorkOrder order;
        private final Set<String> entries = new LinkedHashSet<>();
        private @Nullable RedisReception owner;
        private boolean lost;

        private Held(long number, WorkOrder order) {
            this.number = number;
            this.order = order;
        }
    }

    /** What was settled. */
    record Settled(WorkOrder order, List<String> entries) {}

    private static final Comparator<Held> ORDER = Comparator.comparing(
                    (Held held) -> held.order.heading().priority())
            .thenComparing(held -> held.order.heading().created())
            .thenComparingLong(held -> held.number);

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final Room room;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Held> byId = new HashMap<>();
    private final List<Held> fresh = new ArrayList<>();
    private final TreeSet<Held> waiting = new TreeSet<>(ORDER);
    private long number;

    /** @param room that it shares with others */
    Shelf(Room room) {
        this.room = room;
    }

    /** If this order is held, this entry is one more of it. */
    boolean isHeld(String id, String entry) {
        return locked(() -> {
            var held = byId.get(id);
            if (held != null) {
                held.entries.add(entry);
                held.lost = false;
            }
            return held != null;
        });
    }

    /** Holds it; it is given to nobody before {@link #show}. */
    void put(WorkOrder order, String entry) {
        locked(() -> {
            var held = new Held(number++, order);
            held.entries.add(entry);
            byId.put(order.id(), held);
            room.take(order);
            return fresh.add(held);
        });
    }

    /** What was put here since may be given, all at once, so that the most urgent of them comes first. */
    void show() {
        locked(() -> {
            waiting.addAll(fresh);
            fresh.clear();
            changed.signalAll();
            return true;
        });
    }

    /** How many more may be put here. */
    int room() {
        return locked(() -> waiting.isEmpty() || room.isLeft() ? MOST - waiting.size() : 0);
    }

    /** Waits so long for room. */
    boolean awaitRoom(Duration most) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = most.toNanos();
            while (room() <= 0 && left > 0) {
                // Nobody tells this shelf when another one has given some.
                long some = Math.min(left, LOOK_EVERY.toNanos());
                left -= some - Math.max(0, changed.awaitNanos(some));
            }
            return room() > 0;
        } finally {
            lock.unlock();
        }
    }

    /** Gives the most urgent ones to a receiver; waits so long for one, or until it is closed. */
    List<WorkOrder> take(RedisReception owner, int most, Duration wait) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = wait.toNanos();
            while ((waiting.isEmpty() || !owner.isSure()) && !owner.isClosed() && left > 0) {
                left = changed.awaitNanos(left);
            }
            var taken = new ArrayList<WorkOrder>();
            while (taken.size() < most && !waiting.isEmpty() && owner.isSure() && !owner.isClosed()) {
                var held = waiting.pollFirst();
                held.owner = owner;
                taken.add(held.order);
            }
            changed.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** What this receiver has may be given to another one. */
    void giveBack(RedisReception owner) {
        locked(() -> {
            byId.values().stream().filter(held -> owner.equals(held.owner)).forEach(held -> {
                held.owner = null;
                waiting.add(held);
            });
            changed.signalAll();
            return true;
        });
    }

    /** The order is settled; empty if it isn't held. */
    Optional<Settled> remove(String id) {
        return locked(() -> {
            var held = byId.remove(id);
            if (held == null) {
                return Optional.empty();
            }
            waiting.remove(held);
            room.give(held.order);
            changed.signalAll();
            return Optional.of(new Settled(held.order, List.copyOf(held.entries)));
        });
    }

    /** All entries of what is held. */
    List<String> entries() {
        return locked(() ->
                byId.values().stream().flatMap(held -> held.entries.stream()).toList());
    }

    /** Whether the order is held. */
    boolean has(String id) {
        return locked(() -> byId.containsKey(id));
    }

    /**
     * This node does not hold these entries any more. Gives the orders that were given to nobody here, which are forgotten.
     *
     * @param theirs whether somebody else has them
     */
    List<WorkOrder> lose(Collection<String> entries, boolean theirs) {
        var gone = new HashSet<>(entries);
        return locked(() -> {
            var forgotten = new ArrayList<WorkOrder>();
            for (var held : List.copyOf(byId.values())) {
                if (held.entries.removeAll(gone) && held.entries.isEmpty()) {
                    held.lost = theirs;
                    if (waiting.remove(held)) {
                        byId.remove(held.order.id());
                        room.give(held.order);
                        forgotten.add(held.order);
                    }
                }
            }
            changed.signalAll();
            return forgotten;
        });
    }

    /** What is held may be given again. */
    void wake() {
        locked(() -> {
            changed.signalAll();
            return true;
        });
    }

    /** Whether somebody else has the order by now. */
    boolean isLost(String id) {
        return locked(
                () -> Optional.ofNullable(byId.get(id)).map(held -> held.lost).orElse(false));
    }

    /** Nothing is held any more; gives what was. */
    List<WorkOrder> clear() {
        return locked(() -> {
            var orders = byId.values().stream().map(held -> held.order).toList();
            orders.forEach(room::give);
            byId.clear();
            waiting.clear();
            fresh.clear();
            return orders;
        });
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
