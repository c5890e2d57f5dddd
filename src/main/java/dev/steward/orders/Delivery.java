package dev.steward.orders;

import dev.steward.bus.Bus;
import dev.steward.bus.BusException;
import dev.steward.bus.OrderRow;
import dev.steward.bus.WorkOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Brings one order into its inbox. Its steps: the whole folder in {@code .arriving}, on disk; the receipt; the rename to the order's
 * place, on disk; the acknowledgement; then the receipt goes. After a kill between any two of them, the next receiver knows from the
 * receipt whether the order was brought to its place, and the bus gives every order that isn't acknowledged again.
 */
final class Delivery {
    private final Workplace at;
    private final InboxLock lock;

    /** @param lock on the inbox, which whoever makes this holds */
    Delivery(Workplace at, InboxLock lock) {
        this.at = at;
        this.lock = lock;
    }

    /**
     * Delivers it, or puts it into quarantine; or finishes what was begun before.
     *
     * @param turn is awaited before it gets its place, and ended when it has it
     * @throws InboxLost if another receiver may hold the inbox; it is for whoever holds it then
     * @throws IOException if the disk is in the way; done again later, it goes on
     * @throws BusException if the bus is in the way; as well
     */
    void deliver(Bus.Reception reception, WorkOrder order, Turn turn) throws IOException, BusException {
        try {
            if (!isBrought(order) && !bring(reception, order, turn)) {
                at.teller().tell(new InboxEvent.NotOurs(Names.shown(order.id())));
                return;
            }
        } catch (Unreadable e) {
            var folder = at.quarantine().put(order, e.reason(), at.names().next(order));
            reception.quarantine(order, e.reason());
            at.teller().tell(new InboxEvent.Quarantined(Names.shown(order.id()), folder, e.reason()));
            return;
        }
        turn.end();
        at.inboxSync().sync();
        acknowledge(reception, order);
    }

    private boolean isBrought(WorkOrder order) throws IOException {
        var name = at.receipts().brought(order.id());
        if (name.isPresent() && !ArrivingNames.mayBeOf(name.get(), order)) {
            throw new IOException("another order has the id " + Names.shown(order.id())
                    + " in the inbox, and is not acknowledged yet");
        }
        return name.isPresent();
    }

    /** Where it lies when it is delivered. */
    Path place(WorkOrder order) {
        return at.ground().place(Names.objection(order.id()).isEmpty() ? order.id() : Quarantine.UNNAMED);
    }

    /** Gives false, and leaves nothing behind, if the order isn't this receiver's to deliver any more. */
    private boolean bring(Bus.Reception reception, WorkOrder order, Turn turn)
            throws IOException, BusException, Unreadable {
        check("id", Names.objection(order.id()));
        check("payload's name", BodyName.objection(order.bodyFile(), order.id()));
        lock.check();
        at.ground().make();
        var place = at.ground().place(order.id());
        if (Disk.isThere(place)) {
            accept(order, place);
            return true;
        }
        var arriving = at.names().next(order);
        var folder = at.ground().arriving().resolve(arriving);
        try {
            Arrival.write(order, folder);
            check("envelope", Envelope.objection(order.envelope(), order.id(), order.bodyFile()));
            turn.await();
            // As late as can be: a node that stood still may have lost the order meanwhile.
            if (reception.delivered(order.id())) {
                Disk.delete(folder);
                return false;
            }
            lock.check();
            at.receipts().write(order.id(), arriving);
            // Before the rename, lest the lookout takes the folder for somebody else's.
            at.settled().add(order.id());
            Files.move(folder, place, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException | BusException | Unreadable e) {
            clear(order.id(), arriving, folder, e);
            throw e;
        }
    }

    private static void check(String what, Optional<String> objection) throws Unreadable {
        if (objection.isPresent()) {
            throw new Unreadable("its " + what + " " + objection.get());
        }
    }

    /** The folder goes after the receipt: a receipt without a folder would say that it was brought. */
    private void clear(String id, String arriving, Path folder, Exception trouble) {
        try {
            at.receipts().withdraw(id, arriving);
            Disk.delete(folder);
        } catch (IOException e) {
            // The next receiver clears it away.
            trouble.addSuppressed(e);
        }
    }

    /** Something lies at its place: perhaps the order, and its receipt was lost with the power. It is never overwritten. */
    private void accept(WorkOrder order, Path place) throws IOException, Unreadable {
        var checked = FolderCheck.of(place, Optional.empty());
        var hashes = checked.order().map(FolderCheck.Order::hashes);
        var own = new OrderRow.Hashes(order.sha256(), order.body().sha256());
        if (!checked.isSound() || !hashes.equals(Optional.of(own))) {
            throw new Unreadable("something else lies at its place in the inbox already: " + place);
        }
        OrderFolder.sync(place, Envelope.fileOf(order.id()), order.bodyFile());
        at.settled().add(order.id());
    }

    private void acknowledge(Bus.Reception reception, WorkOrder order) throws IOException, BusException {
        var acknowledgement = at.acknowledgement(
                order.heading(),
                new OrderRow.Hashes(order.sha256(), order.body().sha256()));
        if (reception.acknowledge(order, acknowledgement)) {
            at.teller().tell(new InboxEvent.Delivered(order.heading(), acknowledgement));
        }
        at.receipts().settle(order.id());
    }
}
