package dev.steward.daemon;

import dev.steward.control.ControlServer;
import dev.steward.control.Methods;
import dev.steward.control.SocketPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The control socket, made anew when somebody took it away. Clients of the old one are served on. */
final class ControlDoor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlDoor.class);
    private static final int MOST_KEPT = 4;

    private final Home home;
    private final Deque<ControlServer> servers = new ArrayDeque<>();
    private Optional<Methods> methods = Optional.empty();
    private String key = "";
    private volatile Optional<String> problem = Optional.empty();

    private ControlDoor(Home home) {
        this.home = home;
    }

    static ControlDoor listen(Home home) throws IOException {
        var door = new ControlDoor(home);
        door.open();
        return door;
    }

    private void open() throws IOException {
        var socket = SocketPath.prepare(home.folder());
        servers.addLast(ControlServer.listen(socket));
        key = key(socket);
    }

    private static String key(Path socket) throws IOException {
        return String.valueOf(
                Files.readAttributes(socket, BasicFileAttributes.class).fileKey());
    }

    synchronized void serve(Methods all) {
        methods = Optional.of(all);
        servers.getLast().serve(all);
    }

    /** Looks whether the socket is still there. */
    synchronized void look() {
        try {
            if (isThere()) {
                problem = Optional.empty();
                return;
            }
            LOG.warn("The control socket was taken away, and is made anew");
            if (servers.size() >= MOST_KEPT) {
                servers.removeFirst().close();
            }
            open();
            methods.ifPresent(servers.getLast()::serve);
            problem = Optional.empty();
        } catch (IOException e) {
            problem = Optional.of("the control socket is gone, and cannot be made anew: " + e.getMessage());
        }
    }

    private boolean isThere() throws IOException {
        var socket = SocketPath.of(home.folder());
        return Files.exists(socket) && key(socket).equals(key);
    }

    Optional<String> problem() {
        return problem;
    }

    @Override
    public synchronized void close() throws IOException {
        for (var server : servers) {
            server.close();
        }
    }
}
