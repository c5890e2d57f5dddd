package dev.steward.bus.ledger;

import dev.steward.bus.Accepted;
import dev.steward.bus.Acknowledgement;
import dev.steward.bus.BusException;
import dev.steward.bus.Change;
import dev.steward.bus.Found;
import dev.steward.bus.Lifecycle;
import dev.steward.bus.Result;
import dev.steward.bus.WorkOrder;
import java.util.Collection;
import java.util.Optional;

/**
 * What this node knows of work orders: {@code bus.db}. What changes it returns when the change is on disk; many callers share a commit.
 * Each change owes its record to the audit trail in the same transaction. Thread-safe; several processes may have it open.
 */
public interface Ledger extends OrderBook, Outbox, Debt, AutoCloseable {
    /** Takes an order that is dropped here. */
    Accepted drop(WorkOrder order) throws BusException;

    /**
     * A receiver of this node has it: the order is delivered. One that this node did not know becomes known.
     *
     * @return false if it was delivered before
     * @throws BusException {@code REFUSED} if the acknowledgement is not one of this order (id, inbox, both hashes), or this not the
     *     order that is known by its id; recorded as {@code ack_refused}
     */
    boolean arrived(WorkOrder order, Acknowledgement acknowledgement) throws BusException;

    /** The same for one that was found complete in its inbox. */
    boolean found(Found found, Acknowledgement acknowledgement) throws BusException;

    /** A receiver of this node found it to be not what was sent. */
    void quarantined(WorkOrder order, String reason) throws BusException;

    /**
     * A receiver elsewhere found it to be not what was sent: if it is on its way from here, it is dead for that reason, and not sent any
     * more unless somebody asks for it. Should it be acknowledged nevertheless, it is delivered.
     */
    void quarantinedElsewhere(String id, String node, String reason) throws BusException;

    /**
     * A receiver elsewhere says that it has it. Unless it matches an order that was dropped here (inbox and both hashes), it is recorded
     * as {@code ack_refused} and changes nothing.
     *
     * @return whether it was believed
     */
    boolean acknowledged(Acknowledgement acknowledgement) throws BusException;

    /** Somebody elsewhere answered an order that was dropped here; one that this node doesn't know changes nothing. */
    void answered(String id, Result result) throws BusException;

    /**
     * Changes an order, by compare and set: what {@link Change#expected} says is looked at in the same transaction.
     *
     * @return empty if this node doesn't know it
     */
    Optional<Lifecycle.Next> change(String id, Change change) throws BusException;

    /** Forgets orders that ended; their folders are the caller's matter. */
    void forget(Collection<String> ids) throws BusException;

    /** Marks them as heard, up to this one. */
    void heard(String from, long upTo) throws BusException;

    /**
     * Calls this after changes, in this process at once and for those of others within a second; never from two threads at once. It
     * must return fast.
     */
    AutoCloseable watch(Runnable changed);

    /**
     * The same, for changes that concern this name alone, as an inbox or as the one who dropped orders; and for those of other
     * processes, of which it is not known what they concern.
     *
     * @param name in any case
     */
    AutoCloseable watch(String name, Runnable changed);

    @Override
    void close() throws BusException;
}
