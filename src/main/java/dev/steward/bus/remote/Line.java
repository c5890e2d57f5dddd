package dev.steward.bus.remote;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.LongSupplier;

/** A client's connection as whole frames, of which no call blocks longer than it is told. One thread reads and closes; any may send. */
final class Line implements AutoCloseable {
    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final FrameParser parser;
    private final ArrayDeque<ByteBuffer> outgoing = new ArrayDeque<>();
    private final LongSupplier nanoTime;
    private volatile boolean ended;

    private Line(SocketChannel channel, Selector selector, LongSupplier nanoTime) throws IOException {
        this.channel = channel;
        this.selector = selector;
        this.key = channel.register(selector, SelectionKey.OP_READ);
        this.parser = new FrameParser(channel);
        this.nanoTime = nanoTime;
    }

    static Line to(Path socket, LongSupplier nanoTime) throws IOException {
        var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.configureBlocking(false);
            try (var name = ShortName.of(socket)) {
                if (!channel.connect(UnixDomainSocketAddress.of(name.path()))) {
                    // connect(2) says EAGAIN where too many wait to be let in.
                    throw new IOException("too many others wait to be let in");
                }
            }
            return new Line(channel, channel.provider().openSelector(), nanoTime);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Returns at once; what the daemon doesn't take now is sent while frames are waited for. */
    void send(Frame frame) throws IOException {
        synchronized (outgoing) {
            outgoing.add(frame.bytes());
            if (!flush()) {
                selector.wakeup();
            }
        }
    }

    /** Returns whether all is sent. */
    private boolean flush() throws IOException {
        synchronized (outgoing) {
            while (!outgoing.isEmpty()) {
                channel.write(outgoing.element());
                if (outgoing.element().hasRemaining()) {
                    break;
                }
                outgoing.remove();
            }
            try {
                key.interestOps(
                        outgoing.isEmpty() ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            } catch (CancelledKeyException e) {
                throw new ClosedChannelException();
            }
            return outgoing.isEmpty();
        }
    }

    /** The next frame, or empty when the time is over. */
    Optional<Frame> next(Duration most) throws IOException {
        var end = nanoTime.getAsLong() + most.toNanos();
        while (true) {
            var frame = parser.next();
            var left = end - nanoTime.getAsLong();
            if (frame.isPresent() || left <= 0) {
                return frame;
            }
            selector.select(_ -> {}, Math.max(1, Duration.ofNanos(left).toMillis()));
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted");
            }
            if (ended) {
                throw new ClosedChannelException();
            }
            flush();
        }
    }

    /** Has the thread that reads find it closed. */
    void end() {
        ended = true;
        selector.wakeup();
    }

    @Override
    public void close() throws IOException {
        channel.close();
        selector.close();
    }
}
