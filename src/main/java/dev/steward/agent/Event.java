package dev.steward.agent;

import dev.steward.bus.Presence;

/** What the beating thread is told. */
sealed interface Event {
    /** It shall end. */
    record Stop() implements Event {}

    /** A part of it ended that should not: it is better begun anew than thought to be whole. */
    record Fault(String part, Throwable why) implements Event {}

    /**
     * How the bus is.
     *
     * @param iter the last beat that was shown to it before
     */
    record Answer(long iter, Presence presence) implements Event {}
}
