package dev.steward.bus.redis;

import dev.steward.bus.Acknowledgement;
import dev.steward.bus.BusException;
import dev.steward.bus.Heading;
import dev.steward.bus.OrderRow;
import dev.steward.bus.ledger.Ledger;
import dev.steward.bus.redis.Reply.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes from {@code steward:acks} what concerns orders that were dropped here; refuses what is forged. */
final class Acks implements Follower.Handler {
    private static final int LATEST = 5_000;

    private final Ledger ledger;
    private final Refusals refusals;

    /** The latest ones, of all nodes. */
    private final Map<String, Acknowledgement> latest = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Acknowledgement> eldest) {
            return size() > LATEST;
        }
    };

    Acks(Ledger ledger, Refusals refusals) {
        this.ledger = ledger;
        this.refusals = refusals;
    }

    /** What a receiver anywhere said of this order lately. */
    Optional<Acknowledgement> latest(String id) {
        synchronized (latest) {
            return Optional.ofNullable(latest.get(id));
        }
    }

    @Override
    public void handle(List<Entry> entries) throws BusException, InterruptedException {
        refusals.sum();
        var mine = new ArrayList<Acknowledgement>();
        for (var entry : entries) {
            try {
                var ack = AckEntry.read(entry);
                synchronized (latest) {
                    latest.put(ack.id(), ack);
                }
                if (concernsThis(ack)) {
                    mine.add(ack);
                }
            } catch (Check.Bad e) {
                refusals.refuse(Names.ACKS, entry.text("wo_id"), String.valueOf(e.getMessage()));
            }
        }
        // At once, so that they share a commit.
        AtOnce.each(mine, ledger::acknowledged);
    }

    private boolean concernsThis(Acknowledgement ack) throws BusException {
        Optional<OrderRow> known = ledger.order(ack.id());
        if (known.isEmpty() || known.get().origin() != OrderRow.Origin.DROPPED_HERE) {
            return false;
        }
        var row = known.get();
        if (!matches(row, ack)) {
            refusals.refuse(ack, Names.ACKS, "it is not of the order that was dropped here");
            return false;
        }
        return row.acknowledgement().isEmpty();
    }

    /** Whether it speaks of this order: inbox and both hashes. */
    static boolean matches(OrderRow row, Acknowledgement ack) {
        return row.heading().inbox().equals(Heading.inbox(ack.to()))
                && row.hashes().wo().equals(ack.sha256Wo())
                && row.hashes().body().equals(ack.sha256Body());
    }

    @Override
    public void purged(String stream, List<String> entries) throws BusException {
        for (String entry : entries) {
            refusals.refuse(stream, "", "entry " + entry + " was larger than any acknowledgement, and was removed");
        }
    }
}
