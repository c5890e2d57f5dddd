package dev.steward.orders;

import dev.steward.bus.Bus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Receives the orders of one inbox: takes them from the bus, writes each into a folder of its own, verifies its checksums, syncs it,
 * renames it to its place, and acknowledges it. Also picks up whole orders that something else put into the inbox. It works on threads of
 * its own, and waits by itself for whatever hinders it: another receiver, a full disk, a bus that is away.
 *
 * <p>Killed at any moment, the next receiver finishes what this one began: an order lies in its inbox once, and is acknowledged once, also
 * if whoever reads the inbox took its folder away meanwhile.
 */
public final class Receiver implements AutoCloseable {
    /** Whether somebody ever received the inbox of this folder. */
    public static boolean wasIn(Path folder) {
        return Files.exists(Ground.lock(folder));
    }

    /**
     * Whose orders, and where they go.
     *
     * @param folder absolute; made if it is missing
     */
    public record Inbox(InboxName name, Path folder) {}

    /**
     * Who acknowledges.
     *
     * @param by the agent's name, or {@code steward}
     * @param incarnation empty if no daemon started it
     */
    public record Identity(String by, String node, String incarnation) {}

    /**
     * Time, and what depends on it.
     *
     * @param monotonic in nanoseconds
     * @param net how often the inbox is looked at although nothing told of a change
     * @param patience how long a half-written folder may stay so before it is reported
     */
    public record Timing(InstantSource wall, LongSupplier monotonic, Duration net, Duration patience) {
        /** Looks every 30 s, and is patient for 60 s. */
        public static Timing usual(InstantSource wall, LongSupplier monotonic) {
            return new Timing(wall, monotonic, Duration.ofSeconds(30), Duration.ofSeconds(60));
        }
    }

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

    private final CountDownLatch end;
    private final Thread thread;

    private Receiver(CountDownLatch end, Thread thread) {
        this.end = end;
        this.thread = thread;
    }

    /**
     * Begins to receive, and returns at once.
     *
     * @param bus stays open when the receiver is closed
     * @param listener hears what happens, one event at a time, on the receiver's threads; it must return fast and not throw
     */
    public static Receiver start(
            Bus bus, Inbox inbox, Identity identity, Timing timing, Consumer<InboxEvent> listener) {
        var end = new CountDownLatch(1);
        var at = Workplace.of(new Ground(inbox.folder()), identity, timing, new Teller(listener), new SecureRandom());
        var loop = new ReceiverLoop(bus, inbox.name(), at, end);
        var receiver = new Receiver(
                end, Thread.ofPlatform().name("inbox-" + inbox.name()).unstarted(loop::run));
        receiver.thread.start();
        return receiver;
    }

    /**
     * Ends: deliveries that began are finished, or left for the next receiver, and the inbox is free when it returns. If the disk or the
     * bus don't answer, it returns after 10 s nevertheless, and the inbox is free when they do.
     */
    @Override
    public void close() {
        end.countDown();
        thread.interrupt();
        try {
            thread.join(CLOSE_PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
