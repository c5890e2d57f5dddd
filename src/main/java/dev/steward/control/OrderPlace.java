package dev.steward.control;

import dev.steward.bus.BusException;
import dev.steward.bus.OrderRow;
import dev.steward.bus.OrderState;
import dev.steward.bus.Site;
import dev.steward.bus.ledger.Ledger;
import dev.steward.bus.local.KnownSite;
import dev.steward.orders.InboxName;
import dev.steward.orders.PutAside;
import dev.steward.orders.archive.Archive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the folder of a work order lies on this node.
 *
 * @param place {@code inbox}, {@code archive} or {@code quarantine}
 */
record OrderPlace(String place, Path folder) {
    /** Looks for it; empty if it is not here, or cannot be looked for. */
    static Optional<OrderPlace> of(OrderRow row, Ledger ledger) throws BusException {
        var site = KnownSite.in(ledger).map(KnownSite::site);
        try {
            return site.isEmpty() ? Optional.empty() : of(row, site.get());
        } catch (IOException | IllegalArgumentException e) {
            // Whoever asks of an order is told what is known; a folder that nobody can read is none of it.
            return Optional.empty();
        }
    }

    private static Optional<OrderPlace> of(OrderRow row, Site site) throws IOException {
        var id = row.heading().id();
        var inbox = inbox(row, site);
        if (row.here()) {
            var folder = inbox.resolve(id);
            return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    ? Optional.of(new OrderPlace("inbox", folder))
                    : Archive.find(inbox, id).map(found -> new OrderPlace("archive", found));
        }
        return row.acknowledgement().isEmpty() && row.state() == OrderState.DEAD
                ? PutAside.find(inbox, id).map(found -> new OrderPlace("quarantine", found))
                : Optional.empty();
    }

    /**
     * Moves the folder of an order that is worked on once more out of the archive, back into its inbox, if it lies there.
     *
     * @throws IOException if it cannot be moved
     */
    static void bringBack(OrderRow row, Ledger ledger) throws IOException, BusException {
        var site = KnownSite.in(ledger).map(KnownSite::site);
        if (site.isPresent() && row.here()) {
            Archive.restore(inbox(row, site.get()), row.heading().id());
        }
    }

    private static Path inbox(OrderRow row, Site site) throws IOException {
        return new InboxName(row.heading().to()).folderIn(site.inboxes());
    }

    /** For people. */
    String told() {
        return folder + (place.equals("inbox") ? "" : " (" + place + ")");
    }
}
