package dev.steward.testing;

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
import dev.steward.bus.WorkOrder;
import dev.steward.bus.ledger.Ledger;
import dev.steward.bus.ledger.Outgoing;
import dev.steward.bus.ledger.Owed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A ledger in memory for who lists and changes orders or carries records: tests set what it holds. It delivers nothing. */
public class FakeLedger implements Ledger {
    public final List<OrderRow> rows = new CopyOnWriteArrayList<>();
    public final List<Change> changes = new CopyOnWriteArrayList<>();
    public final List<Owed> owed = new CopyOnWriteArrayList<>();
    /** The largest page that was asked for. */
    public volatile int largestPage;

    /** What every question is answered by, if there is something. */
    public volatile Optional<BusException> trouble = Optional.empty();

    private final Map<String, String> words = new HashMap<>();
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();

    /** Puts it in the place of the row with its id, or adds it, and tells who watches. */
    public void put(OrderRow row) {
        rows.removeIf(other -> other.heading().id().equals(row.heading().id()));
        rows.add(row);
        watchers.forEach(Runnable::run);
    }

    public int watchers() {
        return watchers.size();
    }

    private void check() throws BusException {
        if (trouble.isPresent()) {
            throw trouble.get();
        }
    }

    @Override
    public Optional<OrderRow> order(String id) throws BusException {
        check();
        return rows.stream().filter(row -> row.heading().id().equals(id)).findFirst();
    }

    @Override
    public List<OrderRow> orders(OrderQuery query) throws BusException {
        check();
        largestPage = Math.max(largestPage, query.most());
        return rows.stream()
                .filter(row -> query.states().isEmpty() || query.states().contains(row.state()))
                .filter(row -> query.to()
                        .map(to -> Heading.inbox(to).equals(row.heading().inbox()))
                        .orElse(true))
                .filter(row ->
                        query.since().map(at -> !row.since().isBefore(at)).orElse(true))
                .filter(row ->
                        query.below().isEmpty() || row.seq() < query.below().getAsLong())
                .sorted(Comparator.comparingLong(OrderRow::seq).reversed())
                .limit(query.most())
                .toList();
    }

    @Override
    public Optional<Lifecycle.Next> change(String id, Change change) throws BusException {
        changes.add(change);
        var row = order(id);
        var next = row.map(it -> Lifecycle.next(it.state(), it.acknowledgement().isPresent(), change));
        if (next.isPresent() && next.get() instanceof Lifecycle.Next.To to) {
            put(in(row.orElseThrow(), to.state(), change));
        }
        return next;
    }

    private static OrderRow in(OrderRow row, OrderState state, Change change) {
        var result = switch (change) {
            case Change.Done done -> Optional.of(done.result());
            case Change.Failed failed -> Optional.of(failed.result());
            case Change.Begin _, Change.Retry _, Change.Cancel _, Change.Abandon _ -> row.result();
        };
        return new OrderRow(
                row.seq(),
                row.heading(),
                row.origin(),
                row.here(),
                state,
                row.reason(),
                row.attempt(),
                row.failures(),
                row.due(),
                row.work(),
                row.acknowledgement(),
                result,
                row.hashes(),
                row.bodySize(),
                row.since(),
                row.changed());
    }

    @Override
    public List<Owed> owed(int most) throws BusException {
        check();
        return new ArrayList<>(owed).stream().limit(most).toList();
    }

    @Override
    public void recorded(long upTo, String key, String word) throws BusException {
        check();
        words.put(key, word);
        owed.removeIf(each -> each.seq() <= upTo);
    }

    @Override
    public Optional<String> remembered(String key) {
        return Optional.ofNullable(words.get(key));
    }

    @Override
    public void remember(String key, String value) {
        words.put(key, value);
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

    private static UnsupportedOperationException notHere() {
        return new UnsupportedOperationException("this ledger carries nothing");
    }

    @Override
    public Accepted drop(WorkOrder order) {
        throw notHere();
    }

    @Override
    public List<WorkOrder> waiting(String inbox, int most, Collection<String> without) {
        throw notHere();
    }

    @Override
    public boolean arrived(WorkOrder order, Acknowledgement acknowledgement) {
        throw notHere();
    }

    @Override
    public boolean found(Found found, Acknowledgement acknowledgement) {
        throw notHere();
    }

    @Override
    public void quarantined(WorkOrder order, String reason) {
        throw notHere();
    }

    @Override
    public void quarantinedElsewhere(String id, String node, String reason) {
        throw notHere();
    }

    @Override
    public boolean acknowledged(Acknowledgement acknowledgement) {
        throw notHere();
    }

    @Override
    public void answered(String id, Result result) {
        throw notHere();
    }

    @Override
    public Optional<WorkOrder> workOrder(String id) {
        throw notHere();
    }

    @Override
    public Map<String, Map<OrderState, Long>> counts(Collection<String> inboxes) {
        throw notHere();
    }

    @Override
    public List<OrderRow> workable(String inbox, int most) {
        throw notHere();
    }

    @Override
    public void forget(Collection<String> ids) {
        throw notHere();
    }

    @Override
    public List<Heard> unheard(String from, int most) {
        throw notHere();
    }

    @Override
    public void heard(String from, long upTo) {
        throw notHere();
    }

    @Override
    public List<Outgoing> outgoing(int most, Set<Outgoing.Kind> without) {
        throw notHere();
    }

    @Override
    public void sent(Collection<Long> seqs) {
        throw notHere();
    }

    @Override
    public void sendLater(Collection<Long> seqs) {
        throw notHere();
    }

    @Override
    public void answerAgain(Instant since) {
        throw notHere();
    }

    @Override
    public void sendAgain() {
        throw notHere();
    }

    @Override
    public void owe(String event, Map<String, Object> fields) {
        throw notHere();
    }

    @Override
    public Collection<String> spooled() {
        throw notHere();
    }
}
