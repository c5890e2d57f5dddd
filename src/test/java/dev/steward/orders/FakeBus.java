package dev.steward.orders;

import dev.steward.bus.Accepted;
import dev.steward.bus.Acknowledgement;
import dev.steward.bus.Beat;
import dev.steward.bus.Bus;
import dev.steward.bus.BusException;
import dev.steward.bus.Found;
import dev.steward.bus.Heading;
import dev.steward.bus.OrderRow;
import dev.steward.bus.OrderState;
import dev.steward.bus.Presence;
import dev.steward.bus.WorkOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A bus in memory that keeps the contract of {@link Bus}, and fails when it is told to. */
final class FakeBus implements Bus {
    private final Map<String, WorkOrder> waiting = new LinkedHashMap<>();
    private final Map<String, WorkOrder> known = new HashMap<>();
    private final Map<String, List<Acknowledgement>> acknowledgements = new HashMap<>();
    private final Map<String, String> quarantined = new LinkedHashMap<>();
    private final List<Found> found = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private final Set<String> opened = new HashSet<>();
    private @Nullable BusException away;
    private final Set<String> stumbling = new HashSet<>();
    private final Set<String> refused = new HashSet<>();
    private boolean losesAnswers;
    private boolean asksAgain;
    private @Nullable RuntimeException fault;

    /** Everything fails with this, until it is over. */
    synchronized void fail(BusException.Kind kind, String message) {
        away = new BusException(kind, message);
        notifyAll();
    }

    /** Loses its first answer to each drop, and gives the one to the same drop asked again. */
    synchronized void askAgain() {
        asksAgain = true;
    }

    /** Does what it is asked to, and fails then. */
    synchronized void loseAnswers() {
        losesAnswers = true;
    }

    /** Takes no acknowledgement of this order, until {@link #work}. */
    synchronized void refuse(String id) {
        refused.add(id);
    }

    /** Fails as nothing should whenever it is asked for this order. */
    synchronized void stumbleAt(String id) {
        stumbling.add(id);
    }

    /** Fails once, as nothing should. */
    synchronized void stumble(String message) {
        fault = new IllegalStateException(message);
    }

    synchronized void work() {
        away = null;
        refused.clear();
        losesAnswers = false;
        notifyAll();
    }

    synchronized List<Acknowledgement> acknowledgements(String id) {
        return List.copyOf(acknowledgements.getOrDefault(id, List.of()));
    }

    synchronized int acknowledged() {
        return acknowledgements.size();
    }

    /** As if it had never been dropped. */
    synchronized void forget(String id) {
        known.remove(id);
        waiting.remove(id);
        quarantined.remove(id);
    }

    synchronized Map<String, String> quarantined() {
        return Map.copyOf(quarantined);
    }

    synchronized List<Found> found() {
        return List.copyOf(found);
    }

    /** Whether these were delivered was asked, in this order. */
    synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    /** Names of the inboxes that were opened. */
    synchronized Set<String> opened() {
        return Set.copyOf(opened);
    }

    private void check() throws BusException {
        if (away != null) {
            throw away;
        }
    }

    private void answer() throws BusException {
        if (losesAnswers) {
            throw new BusException(BusException.Kind.UNAVAILABLE, "the connection broke");
        }
    }

    @Override
    public synchronized Accepted drop(WorkOrder order) throws BusException {
        check();
        var before = known.get(order.id());
        if (before != null) {
            var hashes = new OrderRow.Hashes(before.sha256(), before.body().sha256());
            return order.repeats(before.heading(), hashes)
                    ? new Accepted.Same(order.id(), OrderState.DROPPED)
                    : new Accepted.Conflict(order.id(), "another order");
        }
        known.put(order.id(), order);
        waiting.put(order.id(), order);
        notifyAll();
        answer();
        return asksAgain ? new Accepted.Same(order.id(), OrderState.DROPPED) : new Accepted.New(order.id());
    }

    @Override
    public synchronized Reception receive(String inbox) throws BusException {
        check();
        if (fault != null) {
            var once = fault;
            fault = null;
            throw once;
        }
        opened.add(Heading.inbox(inbox));
        return new FakeReception(Heading.inbox(inbox));
    }

    @Override
    public Listening listen(String from) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void beat(Beat beat) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Presence presence() {
        return new Presence.Connected("fake");
    }

    @Override
    public void close() {}

    private final class FakeReception implements Reception {
        private final String inbox;
        private final Set<String> given = new HashSet<>();
        private boolean isClosed;

        FakeReception(String inbox) {
            this.inbox = inbox;
        }

        @Override
        public List<WorkOrder> take(int most, Duration wait) throws BusException, InterruptedException {
            synchronized (FakeBus.this) {
                var end = System.nanoTime() + wait.toNanos();
                while (true) {
                    checkOpen();
                    var orders = waiting.values().stream()
                            .filter(order -> order.heading().inbox().equals(inbox) && !given.contains(order.id()))
                            .limit(most)
                            .toList();
                    var left = (end - System.nanoTime()) / 1_000_000;
                    if (!orders.isEmpty() || left <= 0) {
                        orders.forEach(order -> given.add(order.id()));
                        return orders;
                    }
                    FakeBus.this.wait(left);
                }
            }
        }

        private void checkOpen() throws BusException {
            check();
            if (isClosed) {
                throw new BusException(BusException.Kind.UNAVAILABLE, "this reception is closed");
            }
        }

        @Override
        public boolean acknowledge(WorkOrder order, Acknowledgement acknowledgement) throws BusException {
            synchronized (FakeBus.this) {
                checkOpen();
                if (refused.contains(order.id())) {
                    throw new BusException(BusException.Kind.REFUSED, "another receiver has it");
                }
                var all = acknowledgements.computeIfAbsent(order.id(), _ -> new ArrayList<>());
                var isFirst = all.isEmpty();
                if (isFirst) {
                    all.add(acknowledgement);
                    waiting.remove(order.id());
                }
                answer();
                return isFirst;
            }
        }

        @Override
        public void quarantine(WorkOrder order, String reason) throws BusException {
            synchronized (FakeBus.this) {
                checkOpen();
                quarantined.put(order.id(), reason);
                waiting.remove(order.id());
                answer();
            }
        }

        @Override
        public boolean found(Found order, Acknowledgement acknowledgement) throws BusException {
            synchronized (FakeBus.this) {
                checkOpen();
                var id = order.heading().id();
                if (acknowledgements.keySet().stream()
                        .anyMatch(other -> other.equalsIgnoreCase(id) && !other.equals(id))) {
                    throw new BusException(BusException.Kind.REFUSED, id + " is known in other letters");
                }
                var all = acknowledgements.computeIfAbsent(order.heading().id(), _ -> new ArrayList<>());
                if (!all.isEmpty()) {
                    return false;
                }
                all.add(acknowledgement);
                found.add(order);
                answer();
                return true;
            }
        }

        @Override
        public boolean delivered(String id) throws BusException {
            synchronized (FakeBus.this) {
                checkOpen();
                if (stumbling.contains(id)) {
                    throw new IllegalStateException("stumbled at " + id);
                }
                asked.add(id);
                return acknowledgements.containsKey(id);
            }
        }

        @Override
        public void close() {
            synchronized (FakeBus.this) {
                isClosed = true;
            }
        }
    }
}
