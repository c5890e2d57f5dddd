package dev.steward.bus.ledger;

import dev.steward.bus.Accepted;
import dev.steward.bus.Body;
import dev.steward.bus.BusException;
import dev.steward.bus.OrderRow;
import dev.steward.bus.OrderState;
import dev.steward.bus.WorkOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Takes orders that are dropped here. */
final class Dropping {
    private static final DateTimeFormatter SINCE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private final Path folder;
    private final boolean linked;

    /**
     * @param folder of the ledger
     * @param linked whether somebody sends what is dropped to other nodes
     */
    Dropping(Path folder, boolean linked) {
        this.folder = folder;
        this.linked = linked;
    }

    /**
     * What came of a drop.
     *
     * @param spare a file of the spool that nobody needs, since the order has another one, or needs none any more
     */
    record Dropped(Accepted accepted, Optional<Path> spare) {}

    /** Why the payload of the order can't be taken, as far as its file tells; asked for without a transaction, since it may take time. */
    static Optional<BusException> fault(WorkOrder order) {
        if (!(order.body().content() instanceof Body.Content.Spooled(var file))) {
            return Optional.empty();
        }
        try {
            long size = Files.size(file);
            return size == order.body().size()
                    ? Optional.empty()
                    : Optional.of(Checks.refused(file + ": the payload of " + order.id() + " has " + size
                            + " bytes, not " + order.body().size()));
        } catch (IOException e) {
            return Optional.of(new BusException(
                    BusException.Kind.REFUSED,
                    file + ": the payload of " + order.id() + " can't be found there (" + e.getMessage() + ")",
                    e));
        }
    }

    /** @param fault of its payload, which matters to a new order alone: that of one delivered meanwhile is gone */
    Command<Dropped> of(WorkOrder order, Optional<BusException> fault) {
        var hashes = new OrderRow.Hashes(order.sha256(), order.body().sha256());
        return in -> {
            var known = Orders.like(in.on(), order.id());
            if (known.isPresent()) {
                var accepted = again(order, known.get());
                return new Dropped(
                        accepted,
                        accepted instanceof Accepted.Same ? spare(in.on(), order, known.get()) : Optional.empty());
            }
            if (fault.isPresent()) {
                throw fault.get();
            }
            long seq = Orders.insert(
                    in, order.heading(), hashes, order.body().size(), OrderRow.Origin.DROPPED_HERE, OrderState.DROPPED);
            Orders.keepPayload(in.on(), seq, order, folder);
            in.owe("wo_drop", Records.dropped(order.heading(), hashes, linked));
            if (linked) {
                Sending.add(in, Sending.ORDER, seq);
            }
            return new Dropped(new Accepted.New(order.id()), Optional.empty());
        };
    }

    private Optional<Path> spare(Statements on, WorkOrder order, Kept known) throws SQLException {
        return order.body().content() instanceof Body.Content.Spooled(var file)
                        && !Orders.payloadFile(on, known.seq()).equals(Optional.of(Orders.remembered(file, folder)))
                ? Optional.of(file)
                : Optional.empty();
    }

    private static Accepted again(WorkOrder order, Kept known) {
        var row = known.row();
        if (!known.id().equals(order.id())) {
            return new Accepted.Conflict(
                    order.id(),
                    "its id is that of the order " + known.id()
                            + " in other letters, and some file systems can't tell the two apart. Choose another id");
        }
        if (order.repeats(row.heading(), row.hashes())) {
            return new Accepted.Same(order.id(), row.state());
        }
        return new Accepted.Conflict(
                order.id(),
                "another order of that id is known here since "
                        + SINCE.format(row.since().atZone(ZoneId.systemDefault())) + ": " + difference(order, row)
                        + ". Choose another id");
    }

    private static String difference(WorkOrder order, OrderRow row) {
        var mine = order.heading();
        var known = row.heading();
        if (!mine.inbox().equals(known.inbox())) {
            return "it is for the inbox " + known.to();
        }
        if (!order.body().sha256().equals(row.hashes().body())) {
            return "its payload is another one (SHA-256 " + row.hashes().body() + ")";
        }
        return "its sender, priority, title or tags are others (" + known.from() + ", " + known.priority() + ", \""
                + known.title() + "\", \"" + known.tags() + "\")";
    }
}
