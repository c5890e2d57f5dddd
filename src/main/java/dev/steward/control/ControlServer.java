package dev.steward.control;

import dev.steward.control.Call.ClientGone;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers JSON-RPC 2.0 on a Unix domain socket, one object a line. Only the user that runs the daemon and root may talk, what
 * they can cost is bounded, and no client can hold up another. See {@link Methods} for what can be asked.
 */
public final class ControlServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);

    private final Path socket;
    private final ServerSocketChannel server;
    private final Limits limits;
    private final Peers peers;
    private final Watchdog watchdog = new Watchdog();
    private final Set<SocketChannel> clients = ConcurrentHashMap.newKeySet();

    private ControlServer(Path socket, ServerSocketChannel server, Limits limits) throws IOException {
        this.socket = socket;
        this.server = server;
        this.limits = limits;
        this.peers = Peers.of(socket);
    }

    /**
     * Listens, with mode 0600; who comes before {@link #serve} waits. A socket that a killed daemon left behind is replaced: the
     * caller holds the daemon's lock.
     *
     * @param socket as {@link SocketPath#prepare} gives it
     * @throws IOException if it cannot listen there
     */
    public static ControlServer listen(Path socket) throws IOException {
        return listen(socket, Limits.USUAL);
    }

    static ControlServer listen(Path socket, Limits limits) throws IOException {
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            var unseen = unseen(socket);
            Files.deleteIfExists(unseen);
            server.bind(UnixDomainSocketAddress.of(unseen), limits.connections());
            Files.setPosixFilePermissions(unseen, PosixFilePermissions.fromString("rw-------"));
            Files.move(unseen, socket, StandardCopyOption.ATOMIC_MOVE);
            return new ControlServer(socket, server, limits);
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    /** Answers from now on. To be called once. */
    public void serve(Methods methods) {
        Thread.ofVirtual().name("control-accept").start(() -> accept(methods));
    }

    /** The name until its rights are set: as long as the socket's own, which fits into an address. */
    private static Path unseen(Path socket) {
        var name = String.valueOf(socket.getFileName());
        return socket.resolveSibling("." + name.substring(0, name.length() - 1));
    }

    private void accept(Methods methods) {
        try {
            new Entrance(server::accept, watchdog::awaitClosed).letIn(client -> {
                clients.add(client);
                Thread.ofVirtual().name("control-client").start(() -> serve(client, methods));
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(SocketChannel client, Methods methods) {
        try (client) {
            var connection = new Connection(client, methods, limits, watchdog);
            if (!peers.mayTalk(client)) {
                LOG.warn("a client of another user was turned away");
            } else if (clients.size() > limits.connections()) {
                connection.refuse(
                        "null",
                        new RpcError(
                                RpcError.BUSY,
                                "too many connections: there are " + limits.connections()
                                        + " already; try again later"));
            } else {
                connection.serve();
            }
        } catch (IOException | ClientGone e) {
            LOG.debug("a client's connection ended", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            clients.remove(client);
        }
    }

    /** Stops listening, removes the socket, and closes what is open to clients. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(socket);
        server.close();
        watchdog.close();
        for (var client : clients) {
            client.close();
        }
    }
}
