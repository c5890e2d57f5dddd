package dev.steward.supervise;

import dev.steward.posix.Datagram;
import dev.steward.posix.Datagrams;
import dev.steward.posix.LocalSocket;
import dev.steward.posix.SocketName;
import dev.steward.posix.UnsupportedSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket an agent for sd_notify(3), and a thread of its own that receives. Who sends too much is not heard for the rest of a
 * second: meanwhile the kernel makes the sender wait, and nobody else.
 */
final class NotifySockets {
    private static final Logger LOG = LoggerFactory.getLogger(NotifySockets.class);
    private static final int MOST_A_SECOND = 1000;
    private static final long SECOND = 1_000_000_000;
    private static final long MINUTE = 60 * SECOND;

    private final Supplier<Datagrams> opens;
    private final Senders senders;
    private final Listener listener;
    private final LongSupplier nanos;
    private final Map<String, LocalSocket> byAgent = new HashMap<>();
    private final Map<LocalSocket, Ear> ears = new ConcurrentHashMap<>();
    private final Queue<Drain> drains = new ConcurrentLinkedQueue<>();
    private Optional<Datagrams> open = Optional.empty();
    private Optional<Thread> receiving = Optional.empty();
    private volatile boolean over;
    private volatile boolean leaves;

    /** Told of everything that some process sent to an agent's socket, on the receiving thread. */
    interface Listener {
        /**
         * Whether it counts is to be judged by who sent it.
         *
         * @param judged to be closed once that was done, on any thread: until then a sender that waits is kept waiting
         */
        void heard(String agent, Senders.Sender sender, List<Sign> signs, Datagram judged);
    }

    /** @param opens what receives; asked once, when the first agent needs it */
    NotifySockets(Supplier<Datagrams> opens, Senders senders, Listener listener, LongSupplier nanos) {
        this.opens = opens;
        this.senders = senders;
        this.listener = listener;
        this.nanos = nanos;
    }

    /** Sees that an agent's socket is there, before its process is. For the supervising thread. */
    void open(String agent, String name) throws IOException {
        var present = byAgent.get(agent);
        if (present != null && present.isThere()) {
            return;
        }
        if (over) {
            throw new IOException("The daemon ends, and opens no notify socket any more");
        }
        close(agent);
        try {
            var parsed = SocketName.parse(name);
            if (parsed instanceof SocketName.InFileSystem(var path)) {
                Files.createDirectories(path.getParent());
            }
            var socket = datagrams().listen(parsed);
            ears.put(socket, new Ear(agent));
            byAgent.put(agent, socket);
        } catch (SocketName.Refused | UnsupportedSystem e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private Datagrams datagrams() {
        var present = open;
        if (present.isPresent()) {
            return present.get();
        }
        var datagrams = opens.get();
        open = Optional.of(datagrams);
        var thread = Threads.vital(() -> listen(datagrams), "notify");
        receiving = Optional.of(thread);
        thread.start();
        return datagrams;
    }

    /** Has all that was sent to an agent's socket heard, and then this done, on the receiving thread. For the supervising thread. */
    void drain(String agent, Runnable then) {
        var socket = byAgent.get(agent);
        if (socket == null) {
            then.run();
            return;
        }
        drains.add(new Drain(socket, then));
        open.ifPresent(Datagrams::wake);
    }

    /**
     * Nobody is heard any more, once this returns. For the supervising thread.
     *
     * @param leave whether the sockets are left for whoever listens next in this process, rather than closed and removed
     */
    void end(boolean leave) {
        leaves = leave;
        over = true;
        open.ifPresent(Datagrams::wake);
        receiving.ifPresent(Threads::join);
    }

    /** Its agent is gone. For the supervising thread. */
    void close(String agent) {
        var socket = byAgent.remove(agent);
        if (socket != null) {
            ears.remove(socket);
            try {
                socket.close();
            } catch (IOException e) {
                LOG.warn("{}: its notify socket cannot be removed: {}", agent, e.getMessage());
            }
        }
    }

    /** What was received lately on one socket. Confined to the receiving thread. */
    private static final class Ear {
        private final String agent;
        private long since;
        private int received;
        private Optional<Long> complained = Optional.empty();

        private Ear(String agent) {
            this.agent = agent;
        }

        /** Once a minute at most: what is said here is caused by others. */
        private void complain(String what, long now) {
            if (complained.filter(last -> now - last < MINUTE).isEmpty()) {
                complained = Optional.of(now);
                LOG.warn("{}: {}", agent, what);
            }
        }

        /** Whether this one is one too many. */
        private boolean full(long now) {
            if (now - since >= SECOND) {
                since = now;
                received = 0;
            }
            return ++received > MOST_A_SECOND;
        }
    }

    private record Drain(LocalSocket socket, Runnable then) {}

    private record Muted(LocalSocket socket, long until) {}

    private void listen(Datagrams datagrams) {
        Queue<Muted> muted = new ArrayDeque<>();
        while (!over) {
            var next = muted.peek();
            var wait = next == null ? -1 : Math.clamp((next.until - nanos.getAsLong()) / 1_000_000 + 1, 0, 1000);
            datagrams.await(wait).forEach(socket -> hear(socket, muted));
            for (var drain = drains.poll(); drain != null; drain = drains.poll()) {
                hear(drain.socket, muted);
                drain.then.run();
            }
            while (!muted.isEmpty() && muted.peek().until <= nanos.getAsLong()) {
                muted.remove().socket.unmute();
            }
        }
        try {
            if (leaves) {
                datagrams.leave();
            } else {
                datagrams.close();
            }
        } catch (IOException e) {
            LOG.warn("A notify socket cannot be {}: {}", leaves ? "left open" : "removed", e.getMessage());
        }
    }

    private void hear(LocalSocket socket, Queue<Muted> muted) {
        var ear = ears.get(socket);
        if (ear != null && !drain(socket, ear)) {
            ear.complain(
                    "more than " + MOST_A_SECOND
                            + " notifications a second arrive at its socket: it is not heard meanwhile",
                    nanos.getAsLong());
            socket.mute();
            muted.add(new Muted(socket, ear.since + SECOND));
        }
    }

    /** Whether there is no more, rather than too much. */
    private boolean drain(LocalSocket socket, Ear ear) {
        while (!ear.full(nanos.getAsLong())) {
            try {
                var datagram = socket.receive();
                if (datagram.isEmpty()) {
                    return true;
                }
                hear(ear.agent, datagram.get());
            } catch (IOException | RuntimeException e) {
                // One message, whoever sent it, is no reason to hear nobody any more.
                ear.complain("a notification was lost: " + e.getMessage(), nanos.getAsLong());
            }
        }
        return false;
    }

    private void hear(String agent, Datagram datagram) {
        try {
            var sender = senders.find(datagram.sender().pid());
            if (sender.isPresent() && !datagram.truncated()) {
                listener.heard(agent, sender.get(), Notification.parse(datagram.content()), datagram);
                return;
            }
            LOG.debug("{}: a notification of pid {} does not count", agent, datagram.sender());
        } catch (RuntimeException e) {
            datagram.close();
            throw e;
        }
        datagram.close();
    }
}
