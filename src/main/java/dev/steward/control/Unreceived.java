package dev.steward.control;

import dev.steward.bus.BusException;
import dev.steward.bus.OrderRow;
import dev.steward.bus.OrderState;
import dev.steward.bus.ledger.Ledger;
import dev.steward.bus.local.KnownInboxes;
import dev.steward.bus.local.KnownSite;
import dev.steward.orders.InboxName;
import dev.steward.orders.Receiver;
import java.io.IOException;
import java.util.Optional;

/**
 * Orders that wait for an inbox which nobody of this node receives: perhaps its name was mistyped.
 */
record Unreceived(KnownInboxes inboxes, KnownSite site) {
    /** What a daemon of this node left word of; empty if none did yet. */
    static Optional<Unreceived> in(Ledger ledger) throws BusException {
        var inboxes = KnownInboxes.in(ledger);
        var site = KnownSite.in(ledger);
        return inboxes.isEmpty() || site.isEmpty()
                ? Optional.empty()
                : Optional.of(new Unreceived(inboxes.get(), site.get()));
    }

    /** Why the order waits, for people; empty if it does not, or somebody here receives it. */
    Optional<String> note(OrderRow row) {
        var to = row.heading().to();
        if (row.state() != OrderState.DROPPED || inboxes.has(to) || wasReceived(to)) {
            return Optional.empty();
        }
        return Optional.of("nobody receives " + Plain.of(to) + " here; the order waits"
                + (site.isLinked() ? " until another node receives it" : ""));
    }

    /** The same with what to do about it. */
    Optional<String> advice(OrderRow row) {
        return note(row)
                .map(note -> note + (site.isLinked() ? "" : ". Inboxes of this node: " + names())
                        + ". Take it back: steward order cancel "
                        + Plain.of(row.heading().id()));
    }

    private String names() {
        return inboxes.names().isEmpty()
                ? "none"
                : Plain.of(String.join(", ", inboxes.names().stream().sorted().toList()));
    }

    /** By a program that the configuration does not speak of. */
    private boolean wasReceived(String inbox) {
        try {
            return Receiver.wasIn(new InboxName(inbox).folderIn(site.site().inboxes()));
        } catch (IOException | IllegalArgumentException e) {
            // Nobody could receive there, either.
            return false;
        }
    }
}
