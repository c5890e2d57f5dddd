package dev.steward.bus.redis;

import dev.steward.bus.redis.Trouble.NoConnection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import redis.clients.jedis.HostAndPort;

/** The link from when it was made until it breaks: where the keys are, and all connections there. Thread-safe. */
final class Session {
    private final Dialer dialer;
    private final Routes routes;
    private final Set<Wire> open = new HashSet<>();
    private final List<Runnable> atEnd = new ArrayList<>();
    private boolean ended;
    private volatile String epoch = "";

    Session(Dialer dialer, Routes routes) {
        this.dialer = dialer;
        this.routes = routes;
    }

    /** What Redis holds since when, see {@link Epoch}; empty if it can't say. */
    String epoch() {
        return epoch;
    }

    /** Said once, before anybody uses it. */
    void in(String epoch) {
        this.epoch = epoch;
    }

    /** Connections for one user of the link. */
    Lane lane() {
        return new Lane(this);
    }

    HostAndPort serverOf(String key) {
        return routes.to(key);
    }

    /** A new connection. */
    Wire dial(HostAndPort server) {
        Wire wire = dialer.dial(server, routes.database());
        synchronized (this) {
            if (!ended) {
                open.add(wire);
                return wire;
            }
        }
        wire.cut();
        throw new NoConnection("the link broke meanwhile", null);
    }

    void close(Wire wire) {
        synchronized (this) {
            open.remove(wire);
        }
        wire.cut();
    }

    /** Breaks all connections, so that nobody waits on one any more, and wakes those who wait for something else. */
    synchronized void end() {
        ended = true;
        open.forEach(Wire::cut);
        open.clear();
        atEnd.forEach(Runnable::run);
        atEnd.clear();
    }

    /** Calls this when it ends, or now; it must return fast. */
    synchronized void whenEnded(Runnable wake) {
        if (ended) {
            wake.run();
        } else {
            atEnd.add(wake);
        }
    }

    synchronized boolean ended() {
        return ended;
    }
}
