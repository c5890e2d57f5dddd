package dev.steward.daemon;

import dev.steward.bus.BusException;
import dev.steward.bus.Presence;
import dev.steward.bus.ledger.Ledger;
import dev.steward.config.Configuration;
import dev.steward.config.InboxUse;
import dev.steward.control.InboxStatus;
import dev.steward.control.OrderDesk;
import dev.steward.supervise.BeatKeys;
import dev.steward.supervise.Journal;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the node's work orders as long as the daemon lives. What keeps the ledger or the socket from being opened is told, and tried
 * again: agents are supervised meanwhile. Thread-safe.
 */
final class OrderKeeping implements OrderDesk, BeatKeys, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OrderKeeping.class);
    private static final Duration EVERY = Duration.ofSeconds(4);

    /** Opens all that orders need; what was opened is closed again if the rest fails. */
    interface Opening {
        OpenOrders open(Configuration configuration) throws BusException, IOException;
    }

    private final Opening opening;
    private final Supplier<Configuration> configuration;
    private final Journal journal;
    private final InstantSource clock;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("orders").factory());
    private final Taking<Configuration> taking = new Taking<>(next -> this.open.ifPresent(orders -> orders.take(next)));
    private final BusIncident incident = new BusIncident();
    private volatile Optional<OpenOrders> open = Optional.empty();
    private volatile Optional<Presence> presence = Optional.empty();
    private volatile String closedBecause = "the daemon is just starting";

    /** Begins at once. */
    OrderKeeping(Opening opening, Supplier<Configuration> configuration, Journal journal, InstantSource clock) {
        this.opening = opening;
        this.configuration = configuration;
        this.journal = journal;
        this.clock = clock;
        var millis = EVERY.toMillis();
        var _ = looking.scheduleWithFixedDelay(this::look, 0, millis, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            if (open.isEmpty()) {
                open();
            }
            taking.again();
            open.ifPresent(orders -> orders.openTheRest(configuration.get()));
            lookAtBus();
        } catch (RuntimeException e) {
            LOG.error("A fault while work orders are kept; it goes on. Please report this.", e);
        }
    }

    private void open() {
        try {
            open = Optional.of(opening.open(configuration.get()));
        } catch (BusException | IOException e) {
            var why = String.valueOf(e.getMessage());
            if (!why.equals(closedBecause)) {
                LOG.error("Work orders are not kept: {}", why);
            }
            closedBecause = why;
        }
    }

    private void lookAtBus() {
        var now = ask();
        presence = Optional.of(now);
        incident.look(now, clock.instant()).ifPresent(journal::incident);
    }

    private Presence ask() {
        if (open.isEmpty()) {
            return new Presence.Away("embedded", closedBecause);
        }
        try {
            return open.get().bus().presence();
        } catch (BusException e) {
            return new Presence.Away("embedded", String.valueOf(e.getMessage()));
        }
    }

    /** Takes up what changed in the configuration; the bus itself stays until the daemon starts next. */
    void take(Configuration next) {
        looking.execute(() -> taking.take(next));
    }

    /** How the bus is, as last known; empty at the very start. */
    Optional<Presence> presence() {
        return presence;
    }

    @Override
    public Ledger ledger() throws BusException {
        return open.orElseThrow(() -> new BusException(BusException.Kind.UNAVAILABLE, "work orders: " + closedBecause))
                .ledger();
    }

    @Override
    public List<InboxStatus> inboxes() throws BusException {
        var uses = configuration.get().inboxUses();
        if (open.isEmpty() || uses.isEmpty()) {
            return List.of();
        }
        var counts =
                open.get().ledger().counts(uses.stream().map(InboxUse::inbox).toList());
        return uses.stream()
                .map(use -> new InboxStatus(use, counts.getOrDefault(use.inbox(), Map.of())))
                .toList();
    }

    @Override
    public Optional<String> hindrance(String inbox) {
        return open.flatMap(orders -> orders.hindrance(inbox));
    }

    @Override
    public Map<String, String> read(String key) throws IOException {
        return open.orElseThrow(() -> new IOException(closedBecause)).keys().read(key);
    }

    /** What is wrong, for people. */
    List<String> problems() {
        var all = new ArrayList<String>();
        if (presence.isPresent() && presence.get() instanceof Presence.Away gone) {
            all.add("the bus is away, what is dropped waits: " + gone.reason());
        }
        taking.problem().ifPresent(all::add);
        open.ifPresent(orders -> all.addAll(orders.problems()));
        return all;
    }

    /** Stops what works on orders; returns when none of it lives. */
    void down() {
        open.ifPresent(OpenOrders::down);
    }

    /** What works on orders goes on, and the next daemon finds it. */
    @Override
    public void close() {
        looking.shutdownNow();
        try {
            if (!looking.awaitTermination(EVERY.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("Something that keeps work orders does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        open.ifPresent(OpenOrders::close);
    }
}
