package dev.steward.daemon;

import dev.steward.bus.Bus;
import dev.steward.bus.Site;
import dev.steward.bus.remote.BusServer;
import dev.steward.bus.remote.BusSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket of the bus, made anew when somebody took it away. Agents that are connected to the old one are served on. Looked at and
 * closed by one thread, asked by any.
 */
final class BusDoor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BusDoor.class);
    private static final int MOST_KEPT = 4;

    private final Path socket;
    private final Bus bus;
    private final Site site;
    private final Deque<BusServer> servers = new ArrayDeque<>();
    private String key;
    private volatile Optional<String> problem = Optional.empty();

    private BusDoor(Path socket, Bus bus, Site site) throws IOException {
        this.socket = socket;
        this.bus = bus;
        this.site = site;
        this.key = open();
    }

    /** @throws IOException if it cannot listen in that home */
    static BusDoor listen(Home home, Bus bus, Site site) throws IOException {
        return new BusDoor(BusSocket.of(home.folder()), bus, site);
    }

    private String open() throws IOException {
        servers.addLast(BusServer.listen(socket, bus, site));
        return key(socket);
    }

    private static String key(Path socket) throws IOException {
        return String.valueOf(
                Files.readAttributes(socket, BasicFileAttributes.class).fileKey());
    }

    /** Looks whether the socket is still there. */
    void look() {
        try {
            if (!isThere()) {
                if (problem.isEmpty()) {
                    LOG.warn("The socket of the bus was taken away, and is made anew");
                }
                if (servers.size() >= MOST_KEPT) {
                    servers.removeFirst().close();
                }
                key = open();
            }
            problem = Optional.empty();
        } catch (IOException e) {
            problem = Optional.of(socket + " is gone, and cannot be made anew: " + e.getMessage());
        }
    }

    private boolean isThere() throws IOException {
        return Files.exists(socket) && key(socket).equals(key);
    }

    /** For people. */
    Optional<String> problem() {
        return problem;
    }

    @Override
    public void close() throws IOException {
        for (var server : servers) {
            server.close();
        }
    }
}
