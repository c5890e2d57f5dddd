package dev.steward.orders.work;

import dev.steward.bus.Accepted;
import dev.steward.bus.Acknowledgement;
import dev.steward.bus.BusException;
import dev.steward.bus.Change;
import dev.steward.bus.Found;
import dev.steward.bus.Heading;
import dev.steward.bus.Heard;
import dev.steward.bus.Lifecycle;
import dev.steward.bus.OrderQuery;
import dev.steward.bus.OrderRow;
import dev.steward.bus.OrderState;
import dev.steward.bus.Result;
import dev.steward.bus.Work;
import dev.steward.bus.WorkOrder;
import dev.steward.bus.ledger.Ledger;
import dev.steward.bus.ledger.Outgoing;
import dev.steward.bus.ledger.Owed;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A ledger in memory, as far as workers and the archive need one. It can be told to fail. */
public final class MemoryLedger implements Ledger {
    private final InstantSource clock;
    private final Map<String, OrderRow> rows = new LinkedHashMap<>();
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private final List<String> changes = new ArrayList<>();
    private Optional<BusException> failure = Optional.empty();
    private long seq;

    public MemoryLedger(InstantSource clock) {
        this.clock = clock;
    }

    /** From now on every question is answered so. */
    public synchronized void fail(BusException failure) {
        this.failure = Optional.of(failure);
    }

    public synchronized void work() {
        failure = Optional.empty();
    }

    private void check() throws BusException {
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    /** An order that lies in its inbox on this node, which was called so then. */
    public void deliver(Heading heading, String node) {
        deliver(heading, node, true);
    }

    /** An order that lies in its inbox. */
    public void deliver(Heading heading, String node, boolean here) {
        synchronized (this) {
            var now = clock.instant();
            var ack = new Acknowledgement(heading.id(), heading.to(), "steward", node, "", now, 1, "a", "b");
            rows.put(
                    heading.id(),
                    new OrderRow(
                            ++seq,
                            heading,
                            OrderRow.Origin.DROPPED_HERE,
                            here,
                            OrderState.DELIVERED,
                            "",
                            0,
                            0,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(ack),
                            Optional.empty(),
                            new OrderRow.Hashes("a", "b"),
                            1,
                            now,
                            now));
        }
        tell();
    }

    /** Puts a row as it is. */
    public synchronized void put(OrderRow row) {
        rows.put(row.heading().id(), row);
    }

    /** What was changed, in order: {@code id state}; and what else is owed to the audit trail. */
    public synchronized List<String> changes() {
        return List.copyOf(changes);
    }

    private void tell() {
        watchers.forEach(Runnable::run);
    }

    @Override
    public synchronized Optional<OrderRow> order(String id) throws BusException {
        check();
        return Optional.ofNullable(rows.get(id));
    }

    @Override
    public synchronized List<OrderRow> orders(OrderQuery query) throws BusException {
        check();
        return rows.values().stream()
                .filter(row -> query.states().isEmpty() || query.states().contains(row.state()))
                .filter(row -> query.to()
                        .map(Heading::inbox)
                        .map(row.heading().inbox()::equals)
                        .orElse(true))
                .filter(row -> query.before().map(row.changed()::isBefore).orElse(true))
                .filter(row ->
                        query.below().isEmpty() || row.seq() < query.below().getAsLong())
                .sorted(Comparator.comparingLong(OrderRow::seq).reversed())
                .limit(query.most())
                .toList();
    }

    @Override
    public Map<String, Map<OrderState, Long>> counts(Collection<String> inboxes) {
        throw new AssertionError("nobody who works asks for this");
    }

    @Override
    public synchronized List<OrderRow> workable(String inbox, int most) throws BusException {
        check();
        var now = clock.instant();
        return rows.values().stream()
                .filter(row -> row.here() && row.heading().inbox().equals(Heading.inbox(inbox)))
                .filter(row -> row.state() == OrderState.DELIVERED
                        || (row.state() == OrderState.FAILED
                                && row.due().map(due -> !due.isAfter(now)).orElse(true)))
                .sorted(Comparator.comparing((OrderRow row) -> row.heading().priority())
                        .thenComparingLong(OrderRow::seq))
                .limit(most)
                .toList();
    }

    @Override
    public Optional<Lifecycle.Next> change(String id, Change change) throws BusException {
        var next = changed(id, change);
        tell();
        return next;
    }

    /** Changes it by all of these before anybody looks. */
    public void changeAtOnce(String id, Change... all) throws BusException {
        synchronized (this) {
            for (var change : all) {
                changed(id, change);
            }
        }
        tell();
    }

    private synchronized Optional<Lifecycle.Next> changed(String id, Change change) throws BusException {
        check();
        var row = rows.get(id);
        if (row == null) {
            return Optional.empty();
        }
        var next = change.expected().holds(row)
                ? Lifecycle.next(row.state(), row.acknowledgement().isPresent(), change)
                : new Lifecycle.Next.Refused("somebody changed it meanwhile");
        if (next instanceof Lifecycle.Next.To to) {
            rows.put(id, after(row, to.state(), change));
            changes.add(id + " " + to.state().word());
        }
        return Optional.of(next);
    }

    private OrderRow after(OrderRow row, OrderState state, Change change) {
        var now = clock.instant();
        return switch (change) {
            case Change.Begin begin ->
                with(
                        row,
                        state,
                        row.attempt() + 1,
                        row.failures(),
                        "",
                        Optional.of(begin.work()),
                        Optional.empty(),
                        row.result(),
                        now);
            case Change.Done done ->
                with(
                        row,
                        state,
                        row.attempt(),
                        row.failures(),
                        "",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(done.result()),
                        now);
            case Change.Failed failed ->
                with(
                        row,
                        state,
                        row.attempt(),
                        row.failures() + (failed.interrupted() ? 0 : 1),
                        failed.result().reason(),
                        Optional.empty(),
                        failed.again(),
                        Optional.of(failed.result()),
                        now);
            case Change.Retry _ ->
                with(
                        row,
                        state,
                        row.attempt(),
                        row.failures(),
                        "",
                        Optional.empty(),
                        Optional.empty(),
                        row.result(),
                        now);
            case Change.Cancel cancel ->
                with(
                        row,
                        state,
                        row.attempt(),
                        row.failures(),
                        "cancelled by " + cancel.by(),
                        Optional.empty(),
                        Optional.empty(),
                        row.result(),
                        now);
            case Change.Abandon abandon ->
                with(
                        row,
                        state,
                        row.attempt(),
                        row.failures(),
                        abandon.reason(),
                        Optional.empty(),
                        Optional.empty(),
                        row.result(),
                        now);
        };
    }

    private static OrderRow with(
            OrderRow row,
            OrderState state,
            int attempt,
            int failures,
            String reason,
            Optional<Work> work,
            Optional<Instant> due,
            Optional<Result> result,
            Instant changed) {
        return new OrderRow(
                row.seq(),
                row.heading(),
                row.origin(),
                row.here(),
                state,
                reason,
                attempt,
                failures,
                due,
                work,
                row.acknowledgement(),
                result,
                row.hashes(),
                row.bodySize(),
                row.since(),
                changed);
    }

    @Override
    public synchronized void forget(Collection<String> ids) throws BusException {
        check();
        rows.keySet().removeAll(ids);
    }

    @Override
    public AutoCloseable watch(Runnable changed) {
        watchers.add(changed);
        return () -> watchers.remove(changed);
    }

    @Override
    public AutoCloseable watch(String name, Runnable changed) {
        return watch(changed);
    }

    @Override
    public void close() {}

    private static UnsupportedOperationException notNeeded() {
        return new UnsupportedOperationException("workers don't ask for this");
    }

    @Override
    public Accepted drop(WorkOrder order) {
        throw notNeeded();
    }

    @Override
    public List<WorkOrder> waiting(String inbox, int most, Collection<String> without) {
        throw notNeeded();
    }

    @Override
    public boolean arrived(WorkOrder order, Acknowledgement acknowledgement) {
        throw notNeeded();
    }

    @Override
    public boolean found(Found found, Acknowledgement acknowledgement) {
        throw notNeeded();
    }

    @Override
    public void quarantined(WorkOrder order, String reason) {
        throw notNeeded();
    }

    @Override
    public void quarantinedElsewhere(String id, String node, String reason) {
        throw notNeeded();
    }

    @Override
    public boolean acknowledged(Acknowledgement acknowledgement) {
        throw notNeeded();
    }

    @Override
    public void answered(String id, Result result) {
        throw notNeeded();
    }

    @Override
    public Optional<WorkOrder> workOrder(String id) {
        throw notNeeded();
    }

    @Override
    public List<Heard> unheard(String from, int most) {
        throw notNeeded();
    }

    @Override
    public void heard(String from, long upTo) {
        throw notNeeded();
    }

    @Override
    public List<Outgoing> outgoing(int most, Set<Outgoing.Kind> without) {
        throw notNeeded();
    }

    @Override
    public void sent(Collection<Long> seqs) {
        throw notNeeded();
    }

    @Override
    public void sendLater(Collection<Long> seqs) {
        throw notNeeded();
    }

    @Override
    public void answerAgain(Instant since) {
        throw notNeeded();
    }

    @Override
    public void sendAgain() {
        throw notNeeded();
    }

    @Override
    public List<Owed> owed(int most) {
        throw notNeeded();
    }

    @Override
    public void recorded(long upTo, String key, String word) {
        throw notNeeded();
    }

    @Override
    public synchronized void owe(String event, Map<String, Object> fields) {
        changes.add(event + " " + fields);
    }

    @Override
    public Collection<String> spooled() {
        return List.of();
    }

    @Override
    public Optional<String> remembered(String key) {
        throw notNeeded();
    }

    @Override
    public void remember(String key, String value) {
        throw notNeeded();
    }
}
