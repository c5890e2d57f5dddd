package dev.steward.bus.remote;

import dev.steward.bus.Acknowledgement;
import dev.steward.bus.Beat;
import dev.steward.bus.Found;
import dev.steward.bus.WorkOrder;
import java.time.Duration;

/** What a client can call; each is a method of the bus, or of what it opened on this connection. */
sealed interface Request {
    record Drop(WorkOrder order) implements Request {}

    record ShowBeat(Beat beat) implements Request {}

    record AskPresence() implements Request {}

    /** Opens what the next five are about; a connection opens one thing. */
    record Receive(String inbox) implements Request {}

    record Take(int most, Duration time) implements Request {}

    record Acknowledge(WorkOrder order, Acknowledgement acknowledgement) implements Request {}

    record Quarantine(WorkOrder order, String reason) implements Request {}

    record MakeKnown(Found found, Acknowledgement acknowledgement) implements Request {}

    record AskDelivered(String id) implements Request {}

    /** Opens what the next two are about. */
    record Listen(String from) implements Request {}

    record Hear(int most, Duration time) implements Request {}

    record MarkHeard(long upTo) implements Request {}

    /** Closes what was opened. */
    record Close() implements Request {}
}
