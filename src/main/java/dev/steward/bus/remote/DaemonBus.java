package dev.steward.bus.remote;

import dev.steward.bus.Accepted;
import dev.steward.bus.Beat;
import dev.steward.bus.Bus;
import dev.steward.bus.BusException;
import dev.steward.bus.BusException.Kind;
import dev.steward.bus.Presence;
import dev.steward.bus.Site;
import dev.steward.bus.WorkOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The daemon's bus for one who outlives daemons: connects when it is first needed, and anew after the daemon was gone. Without a
 * daemon each call fails with {@code UNAVAILABLE}; so does all on what was opened before, which is to be opened again. Needs nothing
 * but the JDK. Thread-safe.
 */
public final class DaemonBus implements Bus {
    /** Between two attempts to connect, however many ask: an attempt at a daemon that hangs takes seconds. */
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Path home;
    private final LongSupplier nanoTime;
    private final Runnable lost;
    private Optional<RemoteBus> connection = Optional.empty();
    private Optional<Failure> failure = Optional.empty();
    private boolean closed;

    private record Failure(BusException why, long at) {}

    /**
     * The bus of a home's daemon.
     *
     * @param home absolute
     * @param nanoTime monotonic, in nanoseconds
     * @param lost is run whenever a connection ended; must return fast
     */
    public DaemonBus(Path home, LongSupplier nanoTime, Runnable lost) {
        this.home = home;
        this.nanoTime = nanoTime;
        this.lost = lost;
    }

    /** Where the node keeps its things, as its daemon says now. */
    public Site site() throws BusException {
        return connection().site();
    }

    @Override
    public Accepted drop(WorkOrder order) throws BusException {
        return connection().drop(order);
    }

    @Override
    public Reception receive(String inbox) throws BusException {
        return connection().receive(inbox);
    }

    @Override
    public Listening listen(String from) throws BusException {
        return connection().listen(from);
    }

    @Override
    public void beat(Beat beat) throws BusException {
        connection().beat(beat);
    }

    @Override
    public Presence presence() throws BusException {
        return connection().presence();
    }

    private synchronized RemoteBus connection() throws BusException {
        if (connection.isPresent()) {
            return connection.get();
        }
        if (closed) {
            throw new BusException(Kind.UNAVAILABLE, "the bus was closed");
        }
        if (failure.isPresent() && nanoTime.getAsLong() - failure.get().at() < PAUSE.toNanos()) {
            var last = failure.get().why();
            throw new BusException(last.kind(), String.valueOf(last.getMessage()), last);
        }
        try {
            var fresh = RemoteBus.connect(home);
            connection = Optional.of(fresh);
            failure = Optional.empty();
            fresh.whenEnded(() -> forget(fresh));
            return fresh;
        } catch (BusException e) {
            failure = Optional.of(new Failure(e, nanoTime.getAsLong()));
            throw e;
        }
    }

    private void forget(RemoteBus ended) {
        synchronized (this) {
            connection = connection.filter(current -> current != ended);
        }
        lost.run();
    }

    @Override
    public synchronized void close() {
        closed = true;
        connection.ifPresent(RemoteBus::close);
        connection = Optional.empty();
    }
}
