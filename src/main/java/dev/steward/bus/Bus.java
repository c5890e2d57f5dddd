package dev.steward.bus;

import java.time.Duration;
import java.util.List;

/**
 * Carries work orders from who drops them to who receives them, and acknowledgements back. Thread-safe. Whatever was accepted
 * survives the end of every process at any moment. One contract test holds for every implementation.
 *
 * <p>An order is given to a receiver until that one acknowledges it or puts it into quarantine; a receiver that went away without
 * either did nothing, and the next one is given it again.
 */
public interface Bus extends AutoCloseable {
    /**
     * Puts an order on the bus. When it returns, the order is on disk, and will be delivered whatever happens.
     *
     * @throws BusException if it was not accepted; after {@code UNAVAILABLE} ask again, the same id is one order; {@code REFUSED}
     *     for an id, a name or a size that no order may have
     */
    Accepted drop(WorkOrder order) throws BusException;

    /**
     * Opens an inbox for the one who receives its orders.
     *
     * @param inbox in any case
     */
    Reception receive(String inbox) throws BusException;

    /**
     * Opens what is heard by the one who dropped orders.
     *
     * @param from its name in the orders, in any case; where it has heard up to is remembered by it
     */
    Listening listen(String from) throws BusException;

    /** Shows an agent's sign of life to others. */
    void beat(Beat beat) throws BusException;

    /** How it is, asked anew: with Redis, by a ping. */
    Presence presence() throws BusException;

    @Override
    void close() throws BusException;

    /** One receiver of one inbox. For one thread that takes and several that acknowledge. */
    interface Reception extends AutoCloseable {
        /**
         * Gives orders for the inbox that were not given to this reception before: by priority, then by age. Returns as soon as there
         * is one, and empty when the time is over.
         *
         * <p>Over Redis, each node sends by priority, then by age, of all that waits there; but what is in Redis already is read in
         * the order in which it came, and sorted among the 64 next ones of the inbox. An urgent order overtakes those, and not the
         * thousands that may lie in Redis before it.
         */
        List<WorkOrder> take(int most, Duration wait) throws BusException, InterruptedException;

        /**
         * Says that the order lies verified in the inbox, and makes it {@link OrderState#DELIVERED}. When it returns, that is durable.
         *
         * @return false if it was delivered before
         * @throws BusException {@code REFUSED} if the acknowledgement is not one of this order (id, inbox, both hashes), or this not
         *     the order that is known by its id, or another receiver has it; nothing is changed then
         */
        boolean acknowledge(WorkOrder order, Acknowledgement acknowledgement) throws BusException;

        /** Says that the order isn't what its sender sent: it is {@link OrderState#DEAD}, for that reason, and never acknowledged. */
        void quarantine(WorkOrder order, String reason) throws BusException;

        /**
         * Makes an order known that lies complete in the inbox, and nobody dropped over the bus. One that was dropped and lies there
         * is delivered by this.
         *
         * @return false if it was delivered or found before
         * @throws BusException {@code REFUSED} as for {@link #acknowledge}
         */
        boolean found(Found found, Acknowledgement acknowledgement) throws BusException;

        /**
         * Whether the order must not be delivered, or not any more: it was delivered before, another receiver was given it since this
         * one stood still for too long, or its sender withdrew it. To be asked right before the order is put into its place.
         *
         * @throws BusException {@code UNAVAILABLE} as long as it can't be known
         */
        boolean delivered(String id) throws BusException;

        /** What was taken and neither acknowledged nor put into quarantine is given to the next one. */
        @Override
        void close() throws BusException;
    }

    /** One listener. For one thread. */
    interface Listening extends AutoCloseable {
        /** Gives what was acknowledged and is not yet marked as heard, oldest first. Returns as soon as there is something, and empty when the time is over. */
        List<Heard> hear(int most, Duration wait) throws BusException, InterruptedException;

        /** Marks all up to this one as heard; each is recorded in the audit trail as {@code ack_received}. */
        void heard(long upTo) throws BusException;

        @Override
        void close() throws BusException;
    }
}
