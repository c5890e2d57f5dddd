package dev.steward.control;

import dev.steward.bus.BusException;
import dev.steward.bus.ledger.Ledger;
import java.util.List;
import java.util.Optional;

/** Where the socket finds what the node knows of work orders. Any thread. */
public interface OrderDesk {
    /**
     * What this node knows of orders, as long as the daemon lives.
     *
     * @throws BusException if it cannot be had now, with the reason for people
     */
    Ledger ledger() throws BusException;

    /**
     * Every inbox that somebody of this node receives; none as long as it is not known how many orders are in it, which is a problem
     * that the daemon tells.
     *
     * @throws BusException if they cannot be counted, with the reason for people
     */
    default List<InboxStatus> inboxes() throws BusException {
        return List.of();
    }

    /** What keeps the worker of an inbox from working, for people; empty if nothing does, or there is none. */
    default Optional<String> hindrance(String inbox) {
        return Optional.empty();
    }
}
