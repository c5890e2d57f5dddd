package dev.steward.bus.ledger;

import dev.steward.bus.BusException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What is to be sent over Redis: orders and messages, until it was. Thread-safe. */
public interface Outbox {
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
}
