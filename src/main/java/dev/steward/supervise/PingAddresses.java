package dev.steward.supervise;

import java.io.IOException;

/** Gives out the addresses by which agents beat over HTTP. */
public interface PingAddresses {
    /**
     * The address of an incarnation, from now on the only one of that agent. The same for the same incarnation, in every daemon of this
     * home. To be called by the supervising thread.
     *
     * @throws IOException if there is none to be had; the message says why
     */
    String register(String agent, String incarnation) throws IOException;

    /** No address of this agent counts any more. */
    void forget(String agent);
}
