package dev.steward.bus.redis;

import dev.steward.bus.Body;
import dev.steward.bus.BusException;
import dev.steward.bus.OrderRow;
import dev.steward.bus.OrderState;
import dev.steward.bus.ledger.OrderBook;
import dev.steward.bus.ledger.Outgoing;
import dev.steward.bus.redis.OrderEntry.Read;
import dev.steward.bus.redis.Reply.Entry;
import dev.steward.bus.redis.Settlements.Settlement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Decides what becomes of an entry of an inbox' stream: it is to be delivered, or it was, or it is not an order at all. */
final class Intake {
    private static final String TAKEN = "another order has this id here";

    private final OrderBook ledger;
    private final Bodies bodies;
    private final Settlements settlements;
    private final Refusals refusals;
    private final Again again;

    Intake(OrderBook ledger, Bodies bodies, Settlements settlements, Refusals refusals, Again again) {
        this.ledger = ledger;
        this.bodies = bodies;
        this.settlements = settlements;
        this.refusals = refusals;
        this.again = again;
    }

    /**
     * Puts it on the shelf if it is to be delivered.
     *
     * @param progress called again and again while something large is fetched
     */
    void take(Lane lane, String inbox, Entry entry, Shelf shelf, Runnable progress) throws BusException {
        // One without fields was deleted by hand while it was pending.
        if (entry.fields().isEmpty() || settlements.isSettled(inbox, entry.id())) {
            settle(inbox, "", entry, Optional.empty());
            return;
        }
        try {
            var read = OrderEntry.read(entry, inbox, bodies.most());
            if (!shelf.isHeld(read.heading().id(), entry.id()) && isToBeDelivered(inbox, read, entry)) {
                fetch(lane, inbox, read, entry, progress)
                        .ifPresent(content -> shelf.put(read.with(content), entry.id()));
            }
        } catch (Check.Bad e) {
            refuse(inbox, entry, String.valueOf(e.getMessage()));
        }
    }

    private boolean isToBeDelivered(String inbox, Read read, Entry entry) throws BusException {
        var known = ledger.standing(read.heading().id());
        if (known.isEmpty()) {
            return true;
        }
        if (!known.get().hashes().equals(read.hashes())) {
            refuseForId(inbox, read, entry);
            return false;
        }
        return known.get().state() == OrderState.DROPPED || !isSettled(inbox, read, entry);
    }

    private boolean isSettled(String inbox, Read read, Entry entry) throws BusException {
        var known = ledger.order(read.heading().id());
        if (known.isEmpty()) {
            return false;
        }
        var row = known.get();
        if (row.acknowledgement().isPresent() || isOver(row)) {
            settle(inbox, read.heading().id(), entry, again(row));
            return true;
        }
        return false;
    }

    /** What its sender seems not to have heard. */
    private static Optional<Outgoing> again(OrderRow row) {
        if (row.acknowledgement().isPresent()) {
            return Optional.of(new Outgoing.Acked(0, row.acknowledgement().get()));
        }
        return row.origin() == OrderRow.Origin.BUS
                ? Optional.of(new Outgoing.Quarantined(0, row.heading().id(), row.hashes(), row.reason()))
                : Optional.empty();
    }

    /** Cancelled by the one who dropped it here, or found to be not what was sent; of the latter another try may go well, but not soon. */
    private boolean isOver(OrderRow row) {
        return row.state().isEnd() && (row.origin() == OrderRow.Origin.DROPPED_HERE || !again.isDue(row));
    }

    private Optional<Body.Content> fetch(Lane lane, String inbox, Read read, Entry entry, Runnable progress)
            throws BusException {
        if (!read.payload().inside().isEmpty()) {
            return Optional.of(new Body.Content.Inline(read.payload().inside().getFirst()));
        }
        try {
            Path file = bodies.fetch(lane, inbox, read.heading().id(), read.payload(), progress);
            if (file != null) {
                return Optional.of(new Body.Content.Spooled(file));
            }
        } catch (IOException e) {
            throw new BusException(
                    BusException.Kind.FULL,
                    "a payload of " + read.payload().size() + " bytes can't be written to " + bodies.spool() + ": "
                            + e.getMessage(),
                    e);
        }
        refuse(inbox, entry, "its payload is not in Redis (any more): its sender sends it again");
        return Optional.empty();
    }

    /** Its sender is told, since it thinks that the order is on its way. */
    private void refuseForId(String inbox, Read read, Entry entry) throws BusException {
        var id = read.heading().id();
        refusals.refuse(Names.orders(inbox), id, TAKEN);
        settle(inbox, "", entry, Optional.of(new Outgoing.Quarantined(0, id, read.hashes(), TAKEN)));
    }

    private void refuse(String inbox, Entry entry, String reason) throws BusException {
        refusals.refuse(Names.orders(inbox), entry.text("wo_id"), reason);
        // Not by its id: that may be the one of a good order.
        settle(inbox, "", entry, Optional.empty());
    }

    private void settle(String inbox, String id, Entry entry, Optional<Outgoing> again) {
        settlements.add(new Settlement(inbox, id, List.of(entry.id()), again));
    }

    /** Entries that were larger than any order were removed. */
    void purged(String inbox, List<String> entries) throws BusException {
        for (String entry : entries) {
            refusals.refuse(Names.orders(inbox), "", "entry " + entry + " was larger than any order, and was removed");
        }
    }
}
