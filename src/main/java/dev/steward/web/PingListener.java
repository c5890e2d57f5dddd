package dev.steward.web;

/** Hears of pings. */
@FunctionalInterface
public interface PingListener {
    /**
     * An incarnation has pinged at its own address. Called on threads of the server, several at a time, but never twice at a time for
     * one incarnation, and in the order of its pings. The answer to the agent waits for it, so it has to be fast; if it throws, the
     * agent gets a 500 and tries again.
     *
     * @param incarnation may have ended or been replaced at this very moment
     */
    void pinged(String agent, String incarnation, Ping ping);
}
