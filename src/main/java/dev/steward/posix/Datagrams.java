package dev.steward.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Receives datagrams on local sockets, each with the pid of its sender as the kernel knows it: see unix(7). One thread waits and
 * receives; everything else is for every thread. Linux: macOS doesn't say who sent a datagram.
 */
public final class Datagrams implements AutoCloseable {
    /** What is received of one datagram; the rest of a longer one is lost. */
    public static final int MOST_BYTES = 4096;

    private static final int DATAGRAM = 2;
    private static final int NON_BLOCKING = 04000;
    private static final int CLOSE_ON_EXEC = 02000000;
    private static final int SOCKET_LEVEL = 1;
    private static final int PASS_CREDENTIALS = 16;
    private static final int OWNER_ONLY = 0600;

    private final Libc libc;
    private final DescriptorLimit limit;
    private final Epoll epoll;
    private final Receiver receiver;
    private final MemorySegment close;
    private final Map<Integer, LocalSocket> sockets = new ConcurrentHashMap<>();

    Datagrams(Libc libc, DescriptorLimit limit) {
        this.libc = libc;
        this.limit = limit;
        epoll = new Epoll(libc);
        receiver = new Receiver(libc);
        close = libc.function("close");
    }

    /**
     * Listens on a socket that its owner alone may send to, if it is in the file system. A socket file that is there is taken for
     * one of a process that has ended, and replaced.
     *
     * @throws IOException if it cannot be had; the message says why, and with what name
     */
    public LocalSocket listen(SocketName name) throws IOException {
        try (var arena = Arena.ofConfined()) {
            var address = SocketAddress.of(arena, Os.LINUX, name);
            if (name instanceof SocketName.InFileSystem(var path)) {
                LocalSocket.removeStale(path);
            }
            var type = DATAGRAM | NON_BLOCKING | CLOSE_ON_EXEC;
            var made = check(name, libc.call(libc.function("socket"), SocketAddress.LOCAL, type, 0));
            var descriptor = limit.keep(made);
            try {
                var on = arena.allocateFrom(JAVA_INT, 1);
                var option = libc.function("setsockopt");
                check(name, libc.call(option, descriptor, SOCKET_LEVEL, PASS_CREDENTIALS, on.address(), Integer.BYTES));
                // Before it has a name, so that nobody else can ever send to it; Linux gives these rights to the file.
                check(name, libc.call(libc.function("fchmod"), descriptor, OWNER_ONLY));
                check(name, libc.call(libc.function("bind"), descriptor, address.address(), address.length()));
                var socket = new LocalSocket(this, name, descriptor);
                sockets.put(descriptor, socket);
                epoll.add(descriptor);
                return socket;
            } catch (IOException | UnsupportedSystem e) {
                sockets.remove(descriptor);
                libc.call(close, descriptor);
                throw e;
            }
        }
    }

    private int check(SocketName name, int result) throws IOException {
        if (result < 0) {
            throw new IOException("The socket " + name + " cannot be listened on: " + libc.describe(-result));
        }
        return result;
    }

    /**
     * Waits until something can be received, somebody wakes this thread, or the time is over.
     *
     * @param millis 0 only looks, −1 waits for ever
     * @return the sockets that have something, each as long as it has
     */
    public List<LocalSocket> await(int millis) {
        var count = epoll.await(millis);
        var ready = new ArrayList<LocalSocket>(count);
        for (var i = 0; i < count; i++) {
            var socket = sockets.get(epoll.ready(i));
            if (socket != null) {
                ready.add(socket);
            }
        }
        return ready;
    }

    /** Makes the present or the next wait return at once. */
    public void wake() {
        epoll.wake();
    }

    Optional<Datagram> receive(int descriptor) throws IOException {
        return receiver.receive(descriptor);
    }

    void listen(int descriptor, boolean readable) {
        epoll.listen(descriptor, readable);
    }

    void forget(LocalSocket socket) {
        if (sockets.remove(socket.descriptor(), socket)) {
            epoll.remove(socket.descriptor());
            libc.call(close, socket.descriptor());
        }
    }

    /**
     * Closes every socket; not while a thread waits.
     *
     * @throws IOException if the file of one cannot be removed; it is closed nevertheless, as all are
     */
    @Override
    public void close() throws IOException {
        var failures = new ArrayList<IOException>();
        for (var socket : List.copyOf(sockets.values())) {
            try {
                socket.close();
            } catch (IOException e) {
                failures.add(e);
            }
        }
        epoll.close();
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }
}
