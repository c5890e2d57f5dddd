package dev.steward.bus.remote;

import dev.steward.bus.Bus;
import dev.steward.bus.Site;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the daemon's bus to other processes of the same user (and to root), on a Unix domain socket. What they can cost is bounded,
 * none can hold up another, and what one took and did not acknowledge is given to the next as soon as its connection ends.
 * Thread-safe. {@link RemoteBus} is the other end.
 */
public final class BusServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BusServer.class);
    private static final Duration AFTER_A_FAILURE = Duration.ofMillis(100);
    private static final Duration UNTIL_ALL_ARE_GONE = Duration.ofSeconds(5);

    private final Path socket;
    private final ServerSocketChannel server;
    private final SameUser users;
    private final Limits limits;
    private final Semaphore room;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final Semaphore places;
    private final CountDownLatch closed = new CountDownLatch(1);

    private BusServer(Path socket, ServerSocketChannel server, Limits limits) throws IOException {
        this.socket = socket;
        this.server = server;
        this.users = SameUser.as(socket);
        this.limits = limits;
        this.room = new Semaphore(limits.roomBytes(), true);
        this.places = new Semaphore(limits.connections());
    }

    /**
     * Listens, with mode 0600, and serves from now on. A socket that a killed daemon left behind is replaced: the caller
     * holds the daemon's lock.
     *
     * @param socket as {@link BusSocket} names it; its folder is there, and only its owner can enter it
     * @param bus stays the caller's; to be closed after this
     * @throws IOException if it cannot listen there
     */
    public static BusServer listen(Path socket, Bus bus, Site site) throws IOException {
        return listen(socket, bus, site, Limits.USUAL);
    }

    static BusServer listen(Path socket, Bus bus, Site site, Limits limits) throws IOException {
        var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            var unseen = socket.resolveSibling("." + socket.getFileName());
            Files.deleteIfExists(unseen);
            try (var name = ShortName.of(unseen)) {
                channel.bind(UnixDomainSocketAddress.of(name.path()), limits.connections());
            }
            Files.setPosixFilePermissions(unseen, PosixFilePermissions.fromString("rw-------"));
            Files.move(unseen, socket, StandardCopyOption.ATOMIC_MOVE);
            var server = new BusServer(socket, channel, limits);
            Thread.ofVirtual().name("bus-accept").start(() -> server.letIn(bus, site));
            Thread.ofVirtual().name("bus-patrol").start(server::patrol);
            return server;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** An accept(2) that fails, as while the process has no descriptor left (EMFILE), is tried again; told once. */
    private void letIn(Bus bus, Site site) {
        var failing = false;
        while (true) {
            try {
                var client = server.accept();
                failing = false;
                Thread.ofVirtual().name("bus-client").start(() -> serve(client, bus, site));
            } catch (ClosedChannelException e) {
                LOG.debug("the socket of the bus is closed", e);
                return;
            } catch (IOException e) {
                if (!failing) {
                    LOG.warn("Nobody can be let in to the bus, and it is tried again: {}", e.getMessage());
                }
                failing = true;
                if (isClosedWithin(AFTER_A_FAILURE)) {
                    return;
                }
            }
        }
    }

    private void serve(SocketChannel client, Bus bus, Site site) {
        var hasPlace = places.tryAcquire();
        try (var channel = new ClientChannel(client, limits, System::nanoTime)) {
            if (!channel.isAllowed(users)) {
                LOG.warn("A client of another user was turned away from the bus");
                return;
            }
            var connection = new Connection(channel, new Service(bus, new Spool(site.spool())), room, limits);
            connections.add(connection);
            try {
                if (closed.getCount() > 0) {
                    connection.serve(hasPlace ? Optional.of(site) : Optional.empty());
                }
            } finally {
                connections.remove(connection);
            }
        } catch (IOException e) {
            LOG.debug("a client of the bus could not be let in", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (hasPlace) {
                places.release();
            }
        }
    }

    private void patrol() {
        var round = (limits.slow().compareTo(limits.silence()) < 0 ? limits.slow() : limits.silence()).dividedBy(4);
        while (!isClosedWithin(round)) {
            connections.stream().filter(Connection::isTooSlow).forEach(Connection::cutOff);
        }
    }

    private boolean isClosedWithin(Duration time) {
        try {
            return closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Stops listening, removes the socket and ends all connections; returns when nobody uses the bus any more, or after 5 s. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(socket);
        server.close();
        closed.countDown();
        connections.forEach(Connection::cutOff);
        try {
            if (places.tryAcquire(limits.connections(), UNTIL_ALL_ARE_GONE.toNanos(), TimeUnit.NANOSECONDS)) {
                places.release(limits.connections());
            } else {
                LOG.warn("The bus is closed while clients still use it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
