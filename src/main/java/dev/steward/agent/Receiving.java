package dev.steward.agent;

import dev.steward.bus.BusException;
import dev.steward.bus.Site;
import dev.steward.bus.remote.DaemonBus;
import dev.steward.orders.InboxName;
import dev.steward.orders.Receiver;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Receives the orders of an inbox where the daemon says that inboxes are: from the moment that it is known, and elsewhere when it says
 * so. For a thread of its own.
 */
final class Receiving implements Runnable {
    private final DaemonBus bus;
    private final InboxName inbox;
    private final Self self;
    private final Log log;
    private final Beats.Time time;
    private final Semaphore connected = new Semaphore(0);
    private Optional<Running> running = Optional.empty();
    private String trouble = "";

    private record Running(Site site, Receiver receiver) {}

    Receiving(DaemonBus bus, InboxName inbox, Self self, Log log, Beats.Time time) {
        this.bus = bus;
        this.inbox = inbox;
        this.self = self;
        this.log = log;
        this.time = time;
    }

    /** The daemon is there, perhaps a new one, with other folders. */
    void connected() {
        connected.release();
    }

    @Override
    public void run() {
        try {
            while (true) {
                connected.acquire();
                connected.drainPermits();
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            var site = bus.site();
            if (running.filter(now -> now.site().equals(site)).isPresent()) {
                return;
            }
            running.ifPresent(now -> now.receiver().close());
            running = Optional.empty();
            running = Optional.of(new Running(site, start(site)));
            trouble = "";
        } catch (BusException | IOException e) {
            tell(e);
        }
    }

    /** Once a change. */
    private void tell(Exception e) {
        var reason = String.valueOf(e.getMessage());
        if (!reason.equals(trouble)) {
            trouble = reason;
            log.fail("inbox " + inbox + ": " + reason);
        }
    }

    private Receiver start(Site site) throws IOException {
        return Receiver.start(
                bus,
                new Receiver.Inbox(inbox, inbox.folderIn(site.inboxes())),
                new Receiver.Identity(self.name(), site.node(), self.incarnation()),
                Receiver.Timing.usual(time.clock(), time.nanoTime()),
                log::inbox);
    }
}
