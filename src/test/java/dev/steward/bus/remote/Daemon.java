package dev.steward.bus.remote;

import dev.steward.bus.BusException;
import dev.steward.bus.Site;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A home whose bus is served, as its daemon does it; with clients of all kinds. */
final class Daemon implements AutoCloseable {
    /** So small that each limit is met within a test. */
    static final Limits SMALL = new Limits(4, 3, 1 << 20, Duration.ofMillis(200), Duration.ofSeconds(20));

    final FakeBus bus = new FakeBus();
    final Site site;
    private final Path home;
    private BusServer server;

    Daemon(Path home, Limits limits) throws IOException {
        this.home = home;
        site = new Site("studio", home.resolve("inbox"), Files.createDirectories(home.resolve("spool")), 1 << 30);
        Files.createDirectories(socket().getParent());
        server = BusServer.listen(socket(), bus, site, limits);
    }

    Path home() {
        return home;
    }

    Path socket() {
        return BusSocket.of(home);
    }

    RemoteBus client() throws BusException {
        return RemoteBus.connect(home);
    }

    void restart(Limits limits) throws IOException {
        server.close();
        server = BusServer.listen(socket(), bus, site, limits);
    }

    /** A client that does what it wants. */
    SocketChannel stranger() throws IOException {
        var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket()));
        return channel;
    }

    /** One that was greeted. */
    SocketChannel greeted() throws IOException {
        var channel = stranger();
        say(channel, new Frame(Frame.PULSE, Greeting.ofClient()));
        hear(channel);
        return channel;
    }

    static void say(SocketChannel channel, Frame frame) throws IOException {
        channel.write(frame.bytes());
    }

    static Frame hear(SocketChannel channel) throws IOException {
        return new FrameParser(channel).next().orElseThrow();
    }

    /** Whether the server ended the connection; waits for it. */
    static boolean isEnded(SocketChannel channel) {
        try {
            var some = ByteBuffer.allocate(1 << 16);
            while (channel.read(some.clear()) >= 0) {
                // What was sent before.
            }
            return true;
        } catch (IOException e) {
            // Reset, since the server had not read all.
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
