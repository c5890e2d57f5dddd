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
    private final Inheritance inherited;
    private final Epoll epoll;
    private final Receiver receiver;
    private final MemorySegment close;
    private final Map<Integer, LocalSocket> sockets = new ConcurrentHashMap<>();

    Datagrams(Libc libc, DescriptorLimit limit, Inheritance inherited) {
        this.libc = libc;
        this.limit = limit;
        this.inherited = inherited;
        epoll = new Epoll(libc);
        receiver = new Receiver(libc);
        close = libc.function("close");
    }

    /**
     * Listens on a socket that its owner alone may send to, if it is in the file system. A socket file that is there is taken for
     * one of a process that has ended, and replaced; but one that was {@linkplain #leave left}, or handed over, is taken over with
     * what waits in it.
     *
     * @throws IOException if it cannot be had; the message says why, and with what name
     */
    public LocalSocket listen(SocketName name) throws IOException {
        var left = inherited.socket(name);
        var descriptor = left.isPresent() ? left.get() : made(name);
        try {
            if (left.isEmpty()) {
                bind(name, descriptor);
            }
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

    private int made(SocketName name) throws IOException {
        if (name instanceof SocketName.InFileSystem(var path)) {
            LocalSocket.removeStale(path);
        }
        var type = DATAGRAM | NON_BLOCKING | CLOSE_ON_EXEC;
        return limit.keep(check(name, libc.call(libc.function("socket"), SocketAddress.LOCAL, type, 0)));
    }

    private void bind(SocketName name, int descriptor) throws IOException {
        try (var arena = Arena.ofConfined()) {
            var address = SocketAddress.of(arena, Os.LINUX, name);
            var on = arena.allocateFrom(JAVA_INT, 1);
            var option = libc.function("setsockopt");
            check(name, libc.call(option, descriptor, SOCKET_LEVEL, PASS_CREDENTIALS, on.address(), Integer.BYTES));
            // Before it has a name, so that nobody else can ever send to it; Linux gives these rights to the file.
            check(name, libc.call(libc.function("fchmod"), descriptor, OWNER_ONLY));
            check(name, libc.call(libc.function("bind"), descriptor, address.address(), address.length()));
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

    /** It is received from no more, and goes on listening. */
    void leave(LocalSocket socket) {
        if (sockets.remove(socket.descriptor(), socket)) {
            epoll.remove(socket.descriptor());
            inherited.leave(socket.name(), socket.descriptor());
        }
    }

    void forget(LocalSocket socket) {
        if (sockets.remove(socket.descriptor(), socket)) {
            epoll.remove(socket.descriptor());
            libc.call(close, socket.descriptor());
        }
    }

    /**
     * Closes this, and not the sockets: what is sent to them waits in the kernel until somebody in this process {@linkplain #listen
     * listens} on them again, or the program that takes its place, if they are {@linkplain Posix#withSockets handed over}. Not
     * while a thread waits.
     *
     * @throws IOException if the file of one cannot be looked at; that one is closed
     */
    public void leave() throws IOException {
        eachSocket(LocalSocket::leave);
    }

    /**
     * Closes every socket; not while a thread waits.
     *
     * @throws IOException if the file of one cannot be removed; it is closed nevertheless, as all are
     */
    @Override
    public void close() throws IOException {
        eachSocket(LocalSocket::close);
    }

    private interface Last {
        void with(LocalSocket socket) throws IOException;
    }

    private void eachSocket(Last last) throws IOException {
        var failures = new ArrayList<IOException>();
        for (var socket : List.copyOf(sockets.values())) {
            try {
                last.with(socket);
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
