package dev.steward.bus.remote;

import dev.steward.bus.BusException;
import dev.steward.bus.BusException.Kind;
import dev.steward.bus.Site;
import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client: its calls are answered side by side, each by a thread of its own; with the connection ends what it opened. */
final class Connection {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final ClientChannel channel;
    private final Service service;
    private final Semaphore room;
    private final Limits limits;
    private final Semaphore calls;
    private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("bus-call").factory());
    private volatile boolean ended;

    /** @param room see {@link ClientChannel#next} */
    Connection(ClientChannel channel, Service service, Semaphore room, Limits limits) {
        this.channel = channel;
        this.service = service;
        this.room = room;
        this.limits = limits;
        this.calls = new Semaphore(limits.calls());
    }

    /**
     * Returns when the client is gone, or did what makes no sense.
     *
     * @param site empty if there is no place for it
     */
    void serve(Optional<Site> site) throws InterruptedException {
        try {
            if (greet(site)) {
                while (true) {
                    next();
                }
            }
        } catch (EOFException e) {
            LOG.trace("a client of the bus is gone", e);
        } catch (IOException e) {
            LOG.debug("a client of the bus was cut off", e);
        } finally {
            end();
        }
    }

    private boolean greet(Optional<Site> site) throws IOException, InterruptedException {
        var frame = channel.next(room);
        room.release(frame.message().length);
        var greeting = Greeting.fromClient(frame.message());
        channel.send(new Frame(Frame.PULSE, Greeting.ofServer(site)));
        return greeting.isOfThisVersion() && site.isPresent();
    }

    private void next() throws IOException, InterruptedException {
        var frame = channel.next(room);
        var size = frame.message().length;
        var begun = false;
        try {
            if (frame.call() == Frame.PULSE) {
                channel.send(Frame.A_PULSE);
                return;
            }
            var request = RequestFormat.read(frame.message());
            // Answered calls end a little later than their client hears it.
            if (!calls.tryAcquire(limits.slow().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new Malformed("more calls at once than a client may have");
            }
            threads.execute(() -> {
                try {
                    answer(frame.call(), request);
                } finally {
                    calls.release();
                    room.release(size);
                }
            });
            begun = true;
        } finally {
            if (!begun) {
                room.release(size);
            }
        }
    }

    private void answer(int call, Request request) {
        try {
            reply(call, request);
        } catch (InterruptedException e) {
            // By end(), since nobody waits for this any more.
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.debug("a client of the bus could not be answered", e);
            cutOff();
        }
    }

    private void reply(int call, Request request) throws IOException, InterruptedException {
        try {
            answer(request, reply -> channel.send(new Frame(call, reply)));
        } catch (BusException e) {
            fail(call, e.kind(), String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("A client of the bus could not be answered", e);
            fail(call, Kind.UNAVAILABLE, "the daemon met an error that its log tells of; ask again later");
        }
    }

    private void fail(int call, Kind kind, String message) throws IOException {
        channel.send(new Frame(call, ReplyFormat.write(new Reply.Failed(kind, message))));
    }

    private void answer(Request request, Service.Replies replies)
            throws IOException, BusException, InterruptedException {
        if (!(request instanceof Request.Take || request instanceof Request.Hear)) {
            service.answer(request, replies);
            return;
        }
        waiting.add(Thread.currentThread());
        try {
            if (!ended) {
                service.answer(request, replies);
            }
        } finally {
            waiting.remove(Thread.currentThread());
        }
    }

    /** What waits for something to come is woken; what does something is let come to its end. */
    private void end() {
        ended = true;
        cutOff();
        waiting.forEach(Thread::interrupt);
        threads.close();
        try {
            service.end();
        } catch (BusException e) {
            LOG.warn("What a client of the bus had opened could not be closed: {}", e.getMessage());
        }
    }

    boolean isTooSlow() {
        return channel.isTooSlow();
    }

    void cutOff() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing a connection to the bus", e);
        }
    }
}
