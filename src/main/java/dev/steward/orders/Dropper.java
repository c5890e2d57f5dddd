package dev.steward.orders;

import dev.steward.bus.Accepted;
import dev.steward.bus.Bus;
import dev.steward.bus.BusException;
import dev.steward.bus.Site;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.random.RandomGenerator;

/** Makes work orders of drafts and drops them. Any thread may call. */
public final class Dropper {
    /**
     * What an order's id and envelope are made with.
     *
     * @param zone in which the envelope tells the time
     * @param random from which ids come; nobody should be able to foretell it
     */
    public record Ink(InstantSource clock, ZoneId zone, RandomGenerator random) {}

    /** Drops on this bus, for this node. */
    public Dropper(Bus bus, Site site, Ink ink) {
        Soon.soon();
    }

    /**
     * Drops an order; when it returns, the order is on disk and will be delivered. The payload is streamed, in constant memory; one
     * over 64 KiB goes through a file in the spool, which is removed again if the bus doesn't take the order.
     *
     * @throws OrderException if the draft or the payload can't become an order
     * @throws BusException if the bus didn't take it. After {@code UNAVAILABLE} it may have: the same id may be dropped again
     */
    public Accepted drop(Draft draft, Payload payload) throws OrderException, BusException {
        return Soon.soon();
    }
}
