package dev.steward.bus.ledger;

import dev.steward.bus.BusException;
import dev.steward.bus.Heard;
import dev.steward.bus.OrderQuery;
import dev.steward.bus.OrderRow;
import dev.steward.bus.OrderState;
import dev.steward.bus.WorkOrder;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the ledger knows of orders, to be read. Thread-safe. */
public interface OrderBook {
    /** Orders in state dropped for an inbox, by priority, then by age. */
    List<WorkOrder> waiting(String inbox, int most, Collection<String> without) throws BusException;

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

    /** How many orders for each of these inboxes are in which state, as far as there are some; done and abandoned ones are not counted. */
    Map<String, Map<OrderState, Long>> counts(Collection<String> inboxes) throws BusException;

    /** Orders of an inbox on which work may begin now: delivered, or failed and due; by priority, then by age. */
    List<OrderRow> workable(String inbox, int most) throws BusException;

    /** Acknowledgements of orders that {@code from} dropped here and that it has not heard, oldest first. */
    List<Heard> unheard(String from, int most) throws BusException;

    /** Names of the spool's files that orders here still need. */
    Collection<String> spooled() throws BusException;
}
