package dev.steward.bus.ledger;

import dev.steward.bus.Accepted;
import dev.steward.bus.Acknowledgement;
import dev.steward.bus.BusException;
import dev.steward.bus.Change;
import dev.steward.bus.Found;
import dev.steward.bus.Heard;
import dev.steward.bus.Lifecycle;
import dev.steward.bus.OrderQuery;
import dev.steward.bus.OrderRow;
import dev.steward.bus.Result;
import dev.steward.bus.WorkOrder;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What this node knows of work orders: {@code bus.db}. What changes it returns when the change is on disk; many callers share a commit.
 * Each change owes its record to the audit trail in the same transaction. Thread-safe; several processes may have it open.
 */
public interface Ledger extends AutoCloseable {
    /** Takes an order that is dropped here. */
    Accepted drop(WorkOrder order) throws BusException;

    /** Orders in state dropped for an inbox, by priority, then by age. */
    List<WorkOrder> waiting(String inbox, int most, Collection<String> without) throws BusException;

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

    /** How an order stands, which is less to read than the order. */
    default Optional<Standing> standing(String id) throws BusException {
        return order(id).map(Standing::of);
    }

    /** One order. */
    Optional<OrderRow> order(String id) throws BusException;

    /** The order as it was dropped here, as long as its payload is kept: until it is delivered. */
    Optional<WorkOrder> workOrder(String id) throws BusException;

    /** Orders, newest first. */
    List<OrderRow> orders(OrderQuery query) throws BusException;

    /** Orders of an inbox on which work may begin now: delivered, or failed and due; by priority, then by age. */
    List<OrderRow> workable(String inbox, int most) throws BusException;

    /**
     * Changes an order, by compare and set: what {@link Change#expected} says is looked at in the same transaction.
     *
     * @return empty if this node doesn't know it
     */
    Optional<Lifecycle.Next> change(String id, Change change) throws BusException;

    /** Forgets orders that ended; their folders are the caller's matter. */
    void forget(Collection<String> ids) throws BusException;

    /** Acknowledgements of orders that {@code from} dropped here and that it has not heard, oldest first. */
    List<Heard> unheard(String from, int most) throws BusException;

    /** Marks them as heard, up to this one. */
    void heard(String from, long upTo) throws BusException;

    /** What is to be sent over Redis and was not: messages, oldest first, then orders by priority, then by age; some of both. */
    default List<Outgoing> outgoing(int most) throws BusException {
        return outgoing(most, Set.of());
    }

    /** The same without these kinds. */
    List<Outgoing> outgoing(int most, Set<Outgoing.Kind> without) throws BusException;

    /** Marks it as sent. */
    void sent(Collection<Long> seqs) throws BusException;

    /** Puts them behind all others of their kind, since they could not be sent. */
    void sendLater(Collection<Long> seqs) throws BusException;

    /** Orders dropped here that nobody acknowledged yet become outgoing again: Redis may have lost them. */
    void sendAgain() throws BusException;

    /** Results of other nodes' orders that ended, and changed since then, become outgoing again: Redis may have lost them. */
    void answerAgain(Instant since) throws BusException;

    /** What is owed to the audit trail, oldest first. */
    List<Owed> owed(int most) throws BusException;

    /** It has them, up to this one, and this word is kept: both or none. */
    void recorded(long upTo, String key, String word) throws BusException;

    /** Owes a record of something else to the audit trail. */
    void owe(String event, java.util.Map<String, Object> fields) throws BusException;

    /** Names of the spool's files that orders here still need. */
    Collection<String> spooled() throws BusException;

    /** A word that somebody keeps here, for example up to where an acknowledgement stream was read. */
    Optional<String> remembered(String key) throws BusException;

    /** Keeps a word. */
    void remember(String key, String value) throws BusException;

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
