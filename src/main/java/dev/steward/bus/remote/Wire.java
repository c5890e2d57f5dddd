package dev.steward.bus.remote;

import dev.steward.bus.BusException;
import dev.steward.bus.BusException.Kind;
import dev.steward.bus.Site;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A client's connection to the daemon: calls of many threads at once. A thread of its own hears the replies, and notices when the
 * daemon is gone or hangs: then all calls fail, and so does whatever is asked later.
 */
final class Wire implements AutoCloseable {
    private final Line line;
    private final Site site;
    private final Patience patience;
    private final Map<Integer, Call> calls = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final Semaphore places = new Semaphore(Limits.USUAL.calls());
    private final CompletableFuture<BusException> ended = new CompletableFuture<>();

    private Wire(Line line, Site site, Patience patience) {
        this.line = line;
        this.site = site;
        this.patience = patience;
    }

    /**
     * Connects to the daemon of a home.
     *
     * @throws BusException {@code UNAVAILABLE} if none answers, {@code UNUSABLE} if it is of another version
     */
    static Wire to(Path home, Patience patience) throws BusException {
        var socket = BusSocket.of(home);
        if (!Files.exists(socket)) {
            throw notRunning(home);
        }
        try {
            var line = Line.to(socket, patience.nanoTime());
            try {
                var wire = new Wire(line, greet(line, patience).welcome(), patience);
                Thread.ofPlatform().name("bus").daemon().start(wire::hear);
                return wire;
            } catch (IOException | BusException e) {
                line.close();
                throw e;
            }
        } catch (IOException e) {
            // Asked of the file: what the exception says is in the language of the user.
            throw Files.isWritable(socket) || Files.notExists(socket)
                    ? notRunning(home)
                    : new BusException(Kind.UNAVAILABLE, "this user may not use the daemon's bus, " + socket, e);
        }
    }

    private static BusException notRunning(Path home) {
        return new BusException(Kind.UNAVAILABLE, BusSocket.unanswered(home));
    }

    private static Greeting greet(Line line, Patience patience) throws IOException, BusException {
        line.send(new Frame(Frame.PULSE, Greeting.ofClient()));
        var answer = line.next(patience.greeting())
                .orElseThrow(() -> new BusException(
                        Kind.UNAVAILABLE,
                        "the daemon hangs: it let nobody in for "
                                + patience.greeting().toSeconds() + " s"));
        return Greeting.fromServer(answer.message());
    }

    Site site() {
        return site;
    }

    Patience patience() {
        return patience;
    }

    /** Runs it when the connection is over, however that comes; at once if it is. */
    void whenEnded(Runnable action) {
        var _ = ended.thenRun(action);
    }

    /** Sends a request. Its replies are heard by the call. */
    Call ask(Request request) throws BusException {
        var message = RequestFormat.write(request);
        if (message.length > Frame.LONGEST) {
            throw new BusException(
                    Kind.REFUSED,
                    "the order is too large for the bus: without a body in the spool it may have " + Frame.LONGEST
                            + " bytes, and has " + message.length);
        }
        places.acquireUninterruptibly();
        var number = numbers.updateAndGet(last -> last == Integer.MAX_VALUE ? 1 : last + 1);
        var call = new Call();
        calls.put(number, call);
        if (ended.isDone()) {
            fail(number, ended.join());
        } else {
            try {
                line.send(new Frame(number, message));
            } catch (IOException e) {
                fail(number, gone(e));
                line.end();
            }
        }
        return call;
    }

    private void hear() {
        try {
            var asked = false;
            while (true) {
                var silence = patience.silence();
                var frame = line.next(asked ? silence.minus(patience.pulse()) : patience.pulse());
                if (frame.isPresent()) {
                    hear(frame.get());
                } else if (asked) {
                    end(new BusException(
                            Kind.UNAVAILABLE,
                            "the daemon hangs: it gave no sign of life for " + silence.toSeconds() + " s"));
                    return;
                } else {
                    line.send(Frame.A_PULSE);
                }
                asked = frame.isEmpty();
            }
        } catch (ClosedChannelException e) {
            end(new BusException(Kind.UNAVAILABLE, "the connection to the daemon was closed", e));
        } catch (IOException e) {
            end(gone(e));
        } catch (RuntimeException | Error e) {
            end(new BusException(Kind.UNAVAILABLE, "a fault in the connection to the daemon: " + e, e));
            throw e;
        }
    }

    private void hear(Frame frame) {
        var call = calls.get(frame.call());
        if (call != null && call.hear(frame.message()) && calls.remove(frame.call()) != null) {
            places.release();
        }
    }

    private void end(BusException why) {
        ended.complete(why);
        calls.keySet().forEach(number -> fail(number, why));
        try {
            line.close();
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }

    private void fail(int number, BusException why) {
        var call = calls.remove(number);
        if (call != null) {
            call.fail(why);
            places.release();
        }
    }

    private static BusException gone(IOException e) {
        return new BusException(Kind.UNAVAILABLE, "the daemon is gone: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        line.end();
    }
}
