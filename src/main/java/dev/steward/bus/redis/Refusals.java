package dev.steward.bus.redis;

import dev.steward.bus.Acknowledgement;
import dev.steward.bus.BusException;
import dev.steward.bus.ledger.Debt;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Has what is refused recorded in the audit trail: a few a minute one by one, and how many there were beyond that, since whoever may
 * write into Redis could otherwise fill the trail. Thread-safe.
 */
final class Refusals {
    static final int A_MINUTE = 10;

    private static final long MINUTE = 60_000_000_000L;

    private final Debt ledger;
    private final String event;
    private final LongSupplier nanoTime;
    private long begun;
    private int recorded;
    private long counted;

    Refusals(Debt ledger, String event, LongSupplier nanoTime) {
        this.ledger = ledger;
        this.event = event;
        this.nanoTime = nanoTime;
        this.begun = nanoTime.getAsLong();
    }

    /** An acknowledgement that matches no order, or another one than it says. */
    void refuse(Acknowledgement ack, String place, String reason) throws BusException {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("wo_id", ack.id());
        fields.put("to", ack.to());
        fields.put("by", ack.by());
        fields.put("node", ack.node());
        fields.put("sha256_wo", ack.sha256Wo());
        fields.put("sha256_body", ack.sha256Body());
        fields.put("place", place);
        fields.put("reason", reason);
        record(fields);
    }

    /** Something that can't even be read. */
    void refuse(String place, String id, String reason) throws BusException {
        var fields = new LinkedHashMap<String, Object>();
        if (!id.isEmpty()) {
            fields.put("wo_id", Printable.of(id));
        }
        fields.put("place", place);
        fields.put("reason", reason);
        record(fields);
    }

    private synchronized void record(Map<String, Object> fields) throws BusException {
        sum();
        if (recorded < A_MINUTE) {
            recorded++;
            ledger.owe(event, fields);
        } else {
            counted++;
        }
    }

    /** Records how many there were beyond those of a minute that is over; to be called now and then. */
    synchronized void sum() throws BusException {
        if (nanoTime.getAsLong() - begun < MINUTE) {
            return;
        }
        begun = nanoTime.getAsLong();
        recorded = 0;
        if (counted > 0) {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("count", counted);
            fields.put("reason", "so many more were refused in the last minutes, and not recorded one by one");
            counted = 0;
            ledger.owe(event, fields);
        }
    }
}
