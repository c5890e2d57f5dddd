package dev.steward.web;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes agents' pings by HTTP on 127.0.0.1, in the style of healthchecks.io (healthchecks.io/docs/http_api). Each incarnation has an
 * address of its own, {@code http://127.0.0.1:<port>/ping/<secret>}, which is the same again after the daemon was replaced: the port
 * is remembered in {@code run/ping.port}, and the secret derived with {@code keys/ping.key}.
 *
 * <p>{@link #open} listens, so that an agent may ping in its first millisecond; {@link #serve} answers, and is what loads the HTTP
 * server. All methods may be called on any thread.
 */
public final class Pings implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pings.class);

    private final PingPort port;
    private final Registry registry;
    private final Reception reception;
    private final Limits limits;
    private final List<String> troubles = new ArrayList<>();
    private final Object life = new Object();
    private boolean served;
    private boolean closed;
    private @Nullable AutoCloseable server;

    private Pings(PingPort port, Registry registry, Reception reception, Limits limits) {
        this.port = port;
        this.registry = registry;
        this.reception = reception;
        this.limits = limits;
    }

    /**
     * Listens on the node's port, and answers nobody yet: who comes now waits in the kernel. To be called before agents start, by
     * the one daemon of this home.
     *
     * @param home the daemon's folder
     * @param nanoTime monotonic, in nanoseconds
     * @throws IOException if no port can be had
     */
    public static Pings open(Path home, PingListener listener, LongSupplier nanoTime) throws IOException {
        return open(home, listener, nanoTime, Limits.USUAL);
    }

    static Pings open(Path home, PingListener listener, LongSupplier nanoTime, Limits limits) throws IOException {
        var key = PingKey.in(home.resolve("keys").resolve("ping.key"));
        var port = PingPort.bind(home.resolve("run").resolve("ping.port"));
        var registry = new Registry(key, nanoTime);
        var pings = new Pings(port, registry, new Reception(registry, listener, nanoTime), limits);
        pings.troubles.addAll(key.troubles());
        if (!port.trouble().isEmpty()) {
            pings.troubles.add(port.trouble());
        }
        pings.troubles.forEach(LOG::warn);
        return pings;
    }

    /** The address of an incarnation, which is a secret, whether or not it counts. */
    public String address(String agent, String incarnation) {
        return "http://127.0.0.1:" + port.number() + "/ping/" + registry.secret(agent, incarnation);
    }

    /**
     * From now on this incarnation's pings count, and no longer those of an earlier one of this agent, whose address is as good as
     * unknown: 404.
     *
     * @return its address
     */
    public String register(String agent, String incarnation) {
        registry.put(agent, incarnation);
        return address(agent, incarnation);
    }

    /** No ping of this agent counts any more. */
    public void forget(String agent) {
        registry.remove(agent);
    }

    /**
     * Starts to answer, on threads of its own, and returns at once; further calls do nothing. Should the server not start, that is
     * logged and told by {@link #troubles}, and clients are turned away instead of being left waiting.
     */
    public void serve() {
        synchronized (life) {
            if (served || closed) {
                return;
            }
            served = true;
        }
        Thread.ofPlatform().name("pings-start").daemon().start(this::load);
    }

    private void load() {
        try {
            var started = PingServer.start(port.channel(), reception, limits);
            synchronized (life) {
                if (!closed) {
                    server = started;
                    return;
                }
            }
            started.close();
        } catch (IOException | RuntimeException | LinkageError e) {
            fail(e);
        }
    }

    private void fail(Throwable why) {
        synchronized (life) {
            if (closed) {
                LOG.debug("the server for pings was closed while it started", why);
                return;
            }
        }
        LOG.error("Pings cannot be answered", why);
        synchronized (troubles) {
            troubles.add("Pings cannot be answered: " + why.getMessage()
                    + ". Agents that ping will be found stale: start the daemon again");
        }
        try {
            port.channel().close();
        } catch (IOException e) {
            LOG.warn("The port of pings cannot be closed: {}", e.getMessage());
        }
    }

    /** What people should know of the port, the key and the server, in whole sentences without any secret; usually nothing. */
    public List<String> troubles() {
        synchronized (troubles) {
            return List.copyOf(troubles);
        }
    }

    /** How many requests were turned away, since they were no pings of an incarnation that counts. */
    public long refused() {
        return reception.refused();
    }

    /** Stops answering and listening. */
    @Override
    public void close() throws IOException {
        AutoCloseable open;
        synchronized (life) {
            closed = true;
            open = server;
        }
        try {
            if (open != null) {
                open.close();
            }
        } catch (Exception e) {
            throw new IOException("pings cannot be stopped: " + e.getMessage(), e);
        } finally {
            port.channel().close();
        }
    }
}
