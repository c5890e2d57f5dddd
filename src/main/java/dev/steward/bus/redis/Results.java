package dev.steward.bus.redis;

import dev.steward.bus.BusException;
import dev.steward.bus.OrderRow;
import dev.steward.bus.ledger.Ledger;
import dev.steward.bus.redis.Reply.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes from {@code steward:results} what other nodes answered to orders that were dropped here, or put into quarantine. */
final class Results implements Follower.Handler {
    private static final Logger LOG = LoggerFactory.getLogger(Results.class);

    private final Ledger ledger;
    private final String node;
    private final Refusals refusals;

    Results(Ledger ledger, String node, Refusals refusals) {
        this.ledger = ledger;
        this.node = node;
        this.refusals = refusals;
    }

    @Override
    public void handle(List<Entry> entries) throws BusException, InterruptedException {
        refusals.sum();
        // Those of one order one after the other: the last one counts.
        var mine = new LinkedHashMap<String, List<ResultEntry.Read>>();
        for (var entry : entries) {
            try {
                if (QuarantineEntry.isOne(entry)) {
                    quarantined(QuarantineEntry.read(entry));
                    continue;
                }
                var read = ResultEntry.read(entry);
                if (!read.node().equals(node) && concernsThis(read)) {
                    mine.computeIfAbsent(read.id(), _ -> new ArrayList<>()).add(read);
                }
            } catch (Check.Bad e) {
                refusals.refuse(Names.RESULTS, entry.text("wo_id"), String.valueOf(e.getMessage()));
            }
        }
        AtOnce.each(List.copyOf(mine.values()), reads -> {
            for (var read : reads) {
                ledger.answered(read.id(), read.result());
            }
            return reads;
        });
    }

    private void quarantined(QuarantineEntry.Read read) throws BusException {
        if (!read.node().equals(node)
                && concernsThis(read.id(), row -> row.hashes().equals(read.hashes()))) {
            ledger.quarantinedElsewhere(read.id(), read.node(), read.reason());
        }
    }

    private boolean concernsThis(ResultEntry.Read read) throws BusException {
        return concernsThis(read.id(), row -> row.hashes().wo().equals(read.sha256Wo()));
    }

    private boolean concernsThis(String id, Predicate<OrderRow> matches) throws BusException {
        var row = ledger.order(id).filter(known -> known.origin() == OrderRow.Origin.DROPPED_HERE);
        if (row.isEmpty()) {
            LOG.trace("{} was not dropped here", id);
            return false;
        }
        if (!matches.test(row.get())) {
            refusals.refuse(Names.RESULTS, id, "it is not of the order that was dropped here");
            return false;
        }
        return true;
    }

    @Override
    public void purged(String stream, List<String> entries) throws BusException {
        for (String entry : entries) {
            refusals.refuse(stream, "", "entry " + entry + " was larger than any result, and was removed");
        }
    }
}
