package dev.steward.daemon;

import dev.steward.bus.Bus;
import dev.steward.bus.BusException;
import dev.steward.bus.Heading;
import dev.steward.bus.ledger.Ledger;
import dev.steward.bus.local.KnownInboxes;
import dev.steward.config.BusConfig;
import dev.steward.config.Configuration;
import dev.steward.config.InboxUse;
import dev.steward.orders.archive.Archive;
import dev.steward.orders.work.Workers;
import dev.steward.supervise.BeatKeys;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that work orders need, while it is open: ledger, bus, inboxes, workers, archive and records. Taken up and closed by one thread, asked by any. */
final class OpenOrders implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenOrders.class);

    /** What is open; the last that was opened is closed first. */
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private final BusConfig config;
    private final Ledger ledger;
    private final Buses.Opened opened;
    private final Receiving receiving;
    private final RecordKeeping records;
    private final BusDoor door;
    private volatile List<String> standing = List.of();

    /** Who receives, who works on what was received, and who puts away what is finished. */
    private record Receiving(InboxKeeping inboxes, Workers workers, Archive archive) {}

    /**
     * Opens all of it, or nothing.
     *
     * @throws BusException if the ledger can't be opened
     * @throws IOException if the socket or the spool can't be
     */
    static OpenOrders open(OrderGround ground, Configuration configuration) throws BusException, IOException {
        var parts = new ArrayDeque<AutoCloseable>();
        try {
            return new OpenOrders(ground, configuration, parts);
        } catch (BusException | IOException | RuntimeException e) {
            close(parts);
            throw e;
        }
    }

    private OpenOrders(OrderGround ground, Configuration configuration, Deque<AutoCloseable> parts)
            throws BusException, IOException {
        config = configuration.bus();
        ledger = ground.buses().ledger(config, ground.home().bus());
        parts.push(ledger);
        var site = ground.site(configuration, ledger);
        records = new RecordKeeping(ledger, ground.carrier(ledger));
        parts.push(records);
        opened = ground.buses().open(config, ledger, site);
        parts.push(opened.bus());
        receiving = new Receiving(
                new InboxKeeping(opened.bus(), ledger, site, ground.clocks()),
                ground.workers(ledger, site),
                new Archive(
                        ledger, site, ground.clocks().wall(), ground.clocks().monotonic()));
        parts.push(receiving.inboxes);
        parts.push(receiving.workers);
        parts.push(receiving.archive);
        door = BusDoor.listen(ground.home(), opened.bus(), site);
        parts.push(door);
        this.parts.addAll(parts);
        take(configuration);
    }

    /** Takes up what changed in the configuration. */
    void take(Configuration next) {
        tell(next);
        receiving.inboxes.take(next.workOrders());
        receiving.workers.take(next.workers().values());
        receiving.archive.take(next.orders());
        standing = next.bus().equals(config)
                ? List.of()
                : List.of("another bus is configured; it is taken up when the daemon starts next");
    }

    /** For those who want to know whether somebody receives what they drop. */
    private void tell(Configuration next) {
        try {
            new KnownInboxes(next.inboxUses().stream().map(InboxUse::inbox).toList()).keepIn(ledger);
        } catch (BusException e) {
            LOG.warn("Which inboxes are received is not kept for others: {}", e.getMessage());
        }
    }

    /** Tries again what could not be opened, and makes anew what was taken away. */
    void openTheRest(Configuration present) {
        door.look();
        receiving.inboxes.take(present.workOrders());
    }

    Ledger ledger() {
        return ledger;
    }

    Bus bus() {
        return opened.bus();
    }

    BeatKeys keys() {
        return opened.keys();
    }

    /** For people. */
    List<String> problems() {
        var all = new ArrayList<>(standing);
        all.addAll(opened.problems().get());
        all.addAll(receiving.inboxes.problems());
        all.addAll(receiving.workers.problems());
        all.addAll(receiving.archive.problems());
        records.problem().ifPresent(all::add);
        door.problem().ifPresent(all::add);
        return all;
    }

    /** What keeps the worker of an inbox from working, for people. */
    Optional<String> hindrance(String inbox) {
        return receiving.workers.status().stream()
                .filter(worker -> Heading.inbox(worker.inbox()).equals(Heading.inbox(inbox)))
                .filter(worker -> !worker.problem().isEmpty())
                .map(worker -> "worker " + worker.name() + ": " + worker.problem())
                .findFirst();
    }

    /** Ends those who work on orders; returns when they have ended, or would not. */
    void down() {
        receiving.workers.down().join();
    }

    @Override
    public void close() {
        close(parts);
    }

    private static void close(Deque<AutoCloseable> parts) {
        for (var part = parts.poll(); part != null; part = parts.poll()) {
            try {
                part.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                LOG.warn("Something of work orders does not close: {}", e.getMessage());
            }
        }
    }
}
