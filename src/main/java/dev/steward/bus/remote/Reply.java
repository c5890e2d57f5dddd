package dev.steward.bus.remote;

import dev.steward.bus.Accepted;
import dev.steward.bus.BusException;
import dev.steward.bus.Heard;
import dev.steward.bus.Presence;
import dev.steward.bus.WorkOrder;

/** What a call is answered with. All but {@link Given} and {@link Told} end the call. */
sealed interface Reply {
    /** One order of those that were taken. */
    record Given(WorkOrder order) implements Reply {}

    /** One acknowledgement of those that were heard. */
    record Told(Heard heard) implements Reply {}

    /** It was done, and that was all. */
    record Done() implements Reply {}

    /** The answer is yes or no. */
    record Truth(boolean yes) implements Reply {}

    /** What became of the order that was dropped. */
    record Dropped(Accepted accepted) implements Reply {}

    /** How the bus is. */
    record Present(Presence presence) implements Reply {}

    /** It could not be done. */
    record Failed(BusException.Kind kind, String message) implements Reply {}
}
