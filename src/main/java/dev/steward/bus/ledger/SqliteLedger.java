package dev.steward.bus.ledger;

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
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A ledger in a SQLite file: what is written goes through the writer, what is read through the readers. */
final class SqliteLedger implements Ledger {
    private final Path folder;
    private final InstantSource clock;
    private final boolean linked;
    private final Writer writer;
    private final Readers readers;

    /** @param folder of the file */
    SqliteLedger(Path folder, InstantSource clock, boolean linked, Writer writer, Readers readers) {
        this.folder = folder;
        this.clock = clock;
        this.linked = linked;
        this.writer = writer;
        this.readers = readers;
    }

    @Override
    public Accepted drop(WorkOrder order) throws BusException {
        Checks.order(order);
        var dropped = writer.write(new Dropping(folder, linked).of(order, Dropping.fault(order)));
        dropped.spare().ifPresent(file -> SpooledFile.release(folder, Orders.remembered(file, folder)));
        return dropped.accepted();
    }

    @Override
    public List<WorkOrder> waiting(String inbox, int most, Collection<String> without) throws BusException {
        return readers.read(on -> Finding.waiting(on, inbox, most, without, folder));
    }

    @Override
    public boolean arrived(WorkOrder order, Acknowledgement acknowledgement) throws BusException {
        Checks.order(order);
        return first(new Arriving(linked).arrived(order, acknowledgement));
    }

    @Override
    public boolean found(Found found, Acknowledgement acknowledgement) throws BusException {
        Checks.heading(found.heading());
        return switch (settled(new Arriving(linked).found(found, acknowledgement))) {
            case Arriving.Word.First _ -> true;
            case Arriving.Word.Again() -> false;
            case Arriving.Word.Refused(var reason) -> throw Checks.refused(reason);
        };
    }

    private boolean first(Command<Arriving.Word> command) throws BusException {
        return switch (settled(command)) {
            case Arriving.Word.First _ -> true;
            case Arriving.Word.Again() -> false;
            case Arriving.Word.Refused refused -> throw refused.exception();
        };
    }

    /** Not by the writer: others would wait until the room of a large payload is free. */
    private Arriving.Word settled(Command<Arriving.Word> command) throws BusException {
        var word = writer.write(command);
        if (word instanceof Arriving.Word.First(var spooled)) {
            spooled.ifPresent(name -> SpooledFile.release(folder, name));
        }
        return word;
    }

    @Override
    public void quarantined(WorkOrder order, String reason) throws BusException {
        Checks.order(order);
        writer.write(new Quarantining(linked).here(order, reason));
    }

    @Override
    public void quarantinedElsewhere(String id, String node, String reason) throws BusException {
        writer.write(Quarantining.elsewhere(id, node, reason));
    }

    @Override
    public boolean acknowledged(Acknowledgement acknowledgement) throws BusException {
        return switch (settled(new Arriving(linked).acknowledged(acknowledgement))) {
            case Arriving.Word.First _, Arriving.Word.Again() -> true;
            case Arriving.Word.Refused _ -> false;
        };
    }

    @Override
    public void answered(String id, Result result) throws BusException {
        writer.write(Arriving.answered(id, result));
    }

    @Override
    public Optional<Standing> standing(String id) throws BusException {
        return readers.read(on -> Orders.standing(on, id));
    }

    @Override
    public Optional<OrderRow> order(String id) throws BusException {
        return readers.read(on -> Orders.find(on, id).map(Kept::row));
    }

    @Override
    public Optional<WorkOrder> workOrder(String id) throws BusException {
        return readers.read(on -> on.first(
                        row -> Rows.workOrder(row, folder), Rows.WORK_ORDER + " WHERE w.id_key = ?", Checks.key(id))
                .filter(order -> order.id().equals(id)));
    }

    @Override
    public List<OrderRow> orders(OrderQuery query) throws BusException {
        return readers.read(on -> Finding.orders(on, query));
    }

    @Override
    public Map<String, Map<OrderState, Long>> counts(Collection<String> inboxes) throws BusException {
        return readers.read(on -> Finding.counts(on, inboxes));
    }

    @Override
    public List<OrderRow> workable(String inbox, int most) throws BusException {
        return readers.read(on -> Finding.workable(on, inbox, most, clock.instant()));
    }

    @Override
    public Optional<Lifecycle.Next> change(String id, Change change) throws BusException {
        return writer.write(new Working(linked).change(id, change));
    }

    @Override
    public void forget(Collection<String> ids) throws BusException {
        var left = List.copyOf(ids);
        for (int i = 0; i < left.size(); i += Forgetting.CHUNK) {
            writer.write(Forgetting.forget(left.subList(i, Math.min(left.size(), i + Forgetting.CHUNK))));
        }
    }

    @Override
    public List<Heard> unheard(String from, int most) throws BusException {
        return readers.read(on -> Hearing.next(on, from, most));
    }

    @Override
    public void heard(String from, long upTo) throws BusException {
        boolean more = true;
        while (more) {
            more = writer.write(Hearing.heard(from, upTo));
        }
    }

    @Override
    public List<Outgoing> outgoing(int most, Set<Outgoing.Kind> without) throws BusException {
        return readers.read(on -> Sending.next(on, most, without, folder));
    }

    @Override
    public void sent(Collection<Long> seqs) throws BusException {
        var sent = List.copyOf(seqs);
        writer.write(in -> Sending.sent(in.on(), sent));
    }

    @Override
    public void sendLater(Collection<Long> seqs) throws BusException {
        var refused = List.copyOf(seqs);
        writer.write(in -> Sending.later(in.on(), refused));
    }

    @Override
    public void sendAgain() throws BusException {
        var last = OptionalLong.of(0);
        while (last.isPresent()) {
            long after = last.getAsLong();
            last = writer.write(in -> Sending.again(in, after));
        }
    }

    @Override
    public void answerAgain(Instant since) throws BusException {
        for (var state : EnumSet.of(OrderState.DONE, OrderState.DEAD)) {
            var last = OptionalLong.of(0);
            while (last.isPresent()) {
                long after = last.getAsLong();
                last = writer.write(in -> Sending.answeredAgain(in, state, after, since));
            }
        }
    }

    @Override
    public List<Owed> owed(int most) throws BusException {
        return readers.read(on -> Owing.next(on, most));
    }

    @Override
    public void recorded(long upTo, String key, String word) throws BusException {
        writer.write(in -> {
            in.on().update("DELETE FROM owed WHERE seq <= ?", upTo);
            return Orders.remember(in.on(), key, word);
        });
    }

    @Override
    public void owe(String event, Map<String, Object> fields) throws BusException {
        // Written as text here already, where a field of a wrong type is the caller's mistake.
        String text = Fields.write(fields);
        writer.write(in -> in.owe(event, text));
    }

    @Override
    public Collection<String> spooled() throws BusException {
        return readers.read(on -> on.list(
                row -> String.valueOf(Path.of(row.getString(1)).getFileName()),
                "SELECT spool FROM payload WHERE spool IS NOT NULL"));
    }

    @Override
    public Optional<String> remembered(String key) throws BusException {
        return readers.read(on -> on.first(row -> row.getString(1), "SELECT value FROM word WHERE key = ?", key));
    }

    @Override
    public void remember(String key, String value) throws BusException {
        writer.write(in -> Orders.remember(in.on(), key, value));
    }

    @Override
    public AutoCloseable watch(Runnable changed) {
        return writer.watch(Optional.empty(), changed);
    }

    @Override
    public AutoCloseable watch(String name, Runnable changed) {
        return writer.watch(Optional.of(Heading.inbox(name)), changed);
    }

    @Override
    public void close() throws BusException {
        // The writer last: who closes the last connection cleans up, and must be able to write.
        readers.close();
        writer.close();
    }
}
