package dev.steward.bus.remote;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/**
 * The daemon's end of one connection: whole frames in and out. One thread reads; any may send. Whoever finds it
 * {@link #isTooSlow} closes it, which is what ends a blocked read or write.
 */
final class ClientChannel implements AutoCloseable {
    private final SocketChannel channel;
    private final DataInputStream in;
    private final Limits limits;
    private final Deadline reading;
    private final Deadline writing;
    private final Object whole = new Object();

    ClientChannel(SocketChannel channel, Limits limits, LongSupplier nanoTime) {
        this.channel = channel;
        this.in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)));
        this.limits = limits;
        this.reading = new Deadline(nanoTime);
        this.writing = new Deadline(nanoTime);
    }

    boolean isAllowed(SameUser users) throws IOException {
        return users.isOn(channel);
    }

    /**
     * The next frame.
     *
     * @param room of which its message takes as many permits as it has bytes; the caller gives them back
     * @throws EOFException if the client is gone
     */
    Frame next(Semaphore room) throws IOException, InterruptedException {
        reading.within(limits.silence());
        var first = in.read();
        if (first < 0) {
            throw new EOFException();
        }
        reading.within(limits.slow());
        var length = Frame.messageLength(
                first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedByte() << 8 | in.readUnsignedByte());
        var call = in.readInt();
        reading.off();
        room.acquire(length);
        try {
            reading.within(limits.slow());
            var message = new byte[length];
            in.readFully(message);
            return new Frame(call, message);
        } catch (IOException e) {
            room.release(length);
            throw e;
        } finally {
            reading.off();
        }
    }

    void send(Frame frame) throws IOException {
        var bytes = frame.bytes();
        synchronized (whole) {
            writing.within(limits.slow());
            try {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            } finally {
                writing.off();
            }
        }
    }

    boolean isTooSlow() {
        return reading.isPast() || writing.isPast();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
