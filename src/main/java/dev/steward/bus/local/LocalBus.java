package dev.steward.bus.local;

import dev.steward.bus.Accepted;
import dev.steward.bus.Beat;
import dev.steward.bus.Bus;
import dev.steward.bus.BusException;
import dev.steward.bus.BusException.Kind;
import dev.steward.bus.Presence;
import dev.steward.bus.Site;
import dev.steward.bus.WorkOrder;
import dev.steward.bus.remote.DaemonBus;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The bus of the node with this home, for a process that is not its daemon: through the daemon while that answers, else past it, on the
 * ledger; each call decides anew. With Redis, what is dropped past the daemon waits until there is one.
 *
 * <p>What was opened past the daemon fails with {@code UNAVAILABLE} soon after it is back, as what was opened through it does when it
 * goes: open it again. Thread-safe.
 */
public final class LocalBus implements Bus {
    private final Path home;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final DaemonBus daemon;
    private Optional<Direct> direct = Optional.empty();

    /**
     * Nothing is opened before it is needed.
     *
     * @param home absolute
     * @param nanoTime monotonic, in nanoseconds
     */
    public LocalBus(Path home, InstantSource clock, LongSupplier nanoTime) {
        this.home = home;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.daemon = new DaemonBus(home, nanoTime, () -> {});
    }

    private interface Use<B, T> {
        T of(B bus) throws BusException;
    }

    /**
     * Where the node keeps its things: as the daemon says, or set it up last.
     *
     * @throws BusException {@code UNAVAILABLE} if no daemon ever did
     */
    public Site site() throws BusException {
        return either(DaemonBus::site, Direct::site);
    }

    @Override
    public Accepted drop(WorkOrder order) throws BusException {
        return either(bus -> bus.drop(order), bus -> bus.drop(order));
    }

    @Override
    public Reception receive(String inbox) throws BusException {
        return either(
                bus -> bus.receive(inbox),
                bus -> new DirectReception(bus.receive(inbox), new Slices(this::throughDaemon, nanoTime)));
    }

    @Override
    public Listening listen(String from) throws BusException {
        return either(
                bus -> bus.listen(from),
                bus -> new DirectListening(bus.listen(from), new Slices(this::throughDaemon, nanoTime)));
    }

    @Override
    public void beat(Beat beat) throws BusException {
        Use<Bus, Boolean> show = bus -> {
            bus.beat(beat);
            return true;
        };
        either(show::of, show::of);
    }

    @Override
    public Presence presence() throws BusException {
        return either(DaemonBus::presence, Direct::presence);
    }

    private <T> T either(Use<DaemonBus, T> through, Use<Direct, T> past) throws BusException {
        try {
            return twice(through);
        } catch (BusException e) {
            if (e.kind() != Kind.UNAVAILABLE) {
                throw e;
            }
            return past.of(direct());
        }
    }

    /** A connection may have broken since it was used last, and all that can be asked may be asked again. */
    private <T> T twice(Use<DaemonBus, T> use) throws BusException {
        try {
            return use.of(daemon);
        } catch (BusException e) {
            if (e.kind() != Kind.UNAVAILABLE) {
                throw e;
            }
            return use.of(daemon);
        }
    }

    private synchronized Direct direct() throws BusException {
        if (direct.isEmpty()) {
            direct = Optional.of(Direct.open(home, clock));
        }
        return direct.get();
    }

    private boolean throughDaemon() {
        try {
            daemon.site();
            return true;
        } catch (BusException e) {
            return false;
        }
    }

    @Override
    public void close() throws BusException {
        daemon.close();
        synchronized (this) {
            if (direct.isPresent()) {
                direct.get().close();
                direct = Optional.empty();
            }
        }
    }
}
