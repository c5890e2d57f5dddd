package dev.steward.web;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's port for pings, on 127.0.0.1 alone: chosen once and remembered, since agents that outlive a daemon have it in their
 * environment. Listens from the first moment: the kernel keeps whoever comes before somebody answers.
 *
 * @param trouble what people should know, or empty
 */
record PingPort(ServerSocketChannel channel, int number, String trouble) {
    private static final Logger LOG = LoggerFactory.getLogger(PingPort.class);
    private static final int BACKLOG = 1024;
    private static final int TRIES = 20;
    private static final int LONGEST = 32;

    /**
     * Below what systems give to outgoing connections (Linux: from 32768, macOS: from 49152). One of those can be in use by anybody
     * when the daemon comes back; worse, an agent that pings while nobody listens could get that very port as its own and be
     * connected to itself (TCP's simultaneous open), which then keeps the daemon from it.
     */
    private static final int LOWEST = 20_000;

    private static final int HIGHEST = 29_999;
    private static final String AND_SO =
            ": running agents that ping know the old address, so they will be found stale and replaced";

    /**
     * Listens.
     *
     * @param file remembers the number
     * @throws IOException if no port can be had
     */
    static PingPort bind(Path file) throws IOException {
        if (Files.notExists(file)) {
            return choose(file, "");
        }
        var before = remembered(file);
        if (before.isEmpty()) {
            return choose(file, file + " tells no port, so pings have a new one" + AND_SO);
        }
        try {
            return new PingPort(listen(before.getAsInt()), before.getAsInt(), "");
        } catch (BindException e) {
            return choose(
                    file,
                    "Port " + before.getAsInt() + " of pings is taken by another program (" + e.getMessage()
                            + "), so there is a new one" + AND_SO);
        }
    }

    private static OptionalInt remembered(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > LONGEST) {
            return OptionalInt.empty();
        }
        var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
        if (!text.matches("[1-9][0-9]{3,4}") || Integer.parseInt(text) > 0xFFFF) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(Integer.parseInt(text));
    }

    private static PingPort choose(Path file, String trouble) throws IOException {
        var channel = listenSomewhere();
        var number = ((InetSocketAddress) channel.getLocalAddress()).getPort();
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            PrivateFile.write(file, (number + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return new PingPort(
                    channel,
                    number,
                    "The port for pings cannot be remembered: " + e
                            + ". Agents that ping will be replaced when the daemon starts again");
        }
        return new PingPort(channel, number, trouble);
    }

    private static ServerSocketChannel listenSomewhere() throws IOException {
        var random = new SplittableRandom();
        for (var i = 0; i < TRIES; i++) {
            var port = random.nextInt(LOWEST, HIGHEST + 1);
            try {
                return listen(port);
            } catch (BindException e) {
                LOG.debug("port {} is taken, another one is tried", port, e);
            }
        }
        return listen(0);
    }

    private static ServerSocketChannel listen(int port) throws IOException {
        var channel = ServerSocketChannel.open(StandardProtocolFamily.INET);
        try {
            return channel.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), BACKLOG);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }
}
