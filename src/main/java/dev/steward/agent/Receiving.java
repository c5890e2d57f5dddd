package dev.steward.agent;

import dev.steward.bus.BusException;
import dev.steward.bus.Site;
import dev.steward.bus.remote.DaemonBus;
import dev.steward.orders.InboxName;
import dev.steward.orders.Receiver;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Receives the orders of an inbox where the daemon says that inboxes are: from the moment that it is known, and elsewhere when it says
 * so. For a thread of its own.
 */
final class Receiving implements Runnable, AutoCloseable {
    private static final Duration NET = Duration.ofHours(1);

    private final DaemonBus bus;
    private final InboxName inbox;
    private final Self self;
    private final Log log;
    private final Beats.Time time;
    private final Alarm connected = new Alarm();
    private final Alarm back = new Alarm();
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
        connected.raise();
        back.raise();
    }

    @Override
    public void run() {
        try {
            while (true) {
                connected.await(NET);
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void look() {
        try {
            var site = bus.site();
            if (running.filter(now -> now.site().equals(site)).isEmpty()) {
                close();
                running = Optional.of(new Running(site, start(site)));
                trouble = "";
            }
        } catch (BusException e) {
            tell(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            tell(String.valueOf(e));
        }
    }

    /** Once a change. */
    private void tell(String reason) {
        if (!trouble.equals(reason)) {
            trouble = reason;
            log.fail("inbox " + inbox + ": " + reason);
        }
    }

    private Receiver start(Site site) throws IOException {
        return Receiver.start(
                new PatientBus(bus, back),
                new Receiver.Inbox(inbox, inbox.folderIn(site.inboxes())),
                new Receiver.Identity(self.name(), site.node(), self.incarnation()),
                Receiver.Timing.usual(time.clock(), time.nanoTime()),
                log::inbox);
    }

    /** Ends receiving for now. */
    @Override
    public synchronized void close() {
        running.ifPresent(now -> now.receiver().close());
        running = Optional.empty();
    }
}
