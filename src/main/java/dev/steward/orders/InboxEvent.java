package dev.steward.orders;

import dev.steward.bus.Acknowledgement;
import dev.steward.bus.Heading;
import java.nio.file.Path;

/** What a receiver tells while it works. {@link InboxLog} makes a line of each. */
public sealed interface InboxEvent {
    /** An order lies in the inbox and is acknowledged. */
    record Delivered(Heading heading, Acknowledgement acknowledgement) implements InboxEvent {}

    /** An order was delivered and acknowledged before this receiver, or its connection to the bus, began; perhaps nobody was told. */
    record DeliveredBefore(String id) implements InboxEvent {}

    /**
     * An order that was taken was not delivered: another receiver has it, since this one stood still for too long; or its sender withdrew
     * it.
     */
    record NotOurs(String id) implements InboxEvent {}

    /** An order that something else put into the inbox is whole, and now known and acknowledged. */
    record PickedUp(Heading heading, Acknowledgement acknowledgement) implements InboxEvent {}

    /**
     * An order wasn't what its sender sent, and was put aside.
     *
     * @param folder where it lies now, with a file {@code reason}
     */
    record Quarantined(String id, Path folder, String reason) implements InboxEvent {}

    /** A folder in the inbox is not a whole order, and did not change for a while; it is left alone until it is one. Told once after each change. */
    record HalfWritten(Path folder, String reason) implements InboxEvent {}

    /** A whole folder that the bus takes for no order, or not for the one that it sent, for example since its id is that of another one in other letters; it is left alone. */
    record Refused(Path folder, String reason) implements InboxEvent {}

    /** A folder that was found in the inbox, and told as half-written or refused, isn't there any more. */
    record Gone(Path folder) implements InboxEvent {}

    /** Something in the inbox can't be an order (a link, a FIFO, an odd name); nothing touches it. Told once. */
    record LeftAlone(Path entry, String reason) implements InboxEvent {}

    /** Another receiver holds the inbox; this one waits for it to end. */
    record Waiting(Path inbox) implements InboxEvent {}

    /** This receiver holds the inbox now. */
    record Holding(Path inbox) implements InboxEvent {}

    /** Something hinders it; it tries again by itself. Told once for each reason in a row. */
    record Trouble(String reason) implements InboxEvent {}

    /** The trouble is over. */
    record Over() implements InboxEvent {}
}
