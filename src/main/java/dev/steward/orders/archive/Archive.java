package dev.steward.orders.archive;

import dev.steward.bus.BusException;
import dev.steward.bus.Site;
import dev.steward.bus.ledger.Ledger;
import dev.steward.config.OrderRules;
import dev.steward.orders.Spool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Front door of what becomes of orders that came to their end, or never do: moved into the archive, deleted and forgotten, or given up,
 * by the rules of the configuration. On a thread of its own, which works a tenth of the time at most, so that it disturbs no delivery.
 * Thread-safe.
 */
public final class Archive implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Archive.class);

    /** Starts have more urgent things to do. */
    private static final Rhythm USUAL = new Rhythm(Duration.ofSeconds(30), Duration.ofMinutes(10));

    private final Pass.Tools tools;
    private final InstantSource wall;
    private final Object door = new Object();
    private final LongSupplier nanos;
    private Optional<OrderRules> rules = Optional.empty();
    private Optional<Thread> thread = Optional.empty();
    private boolean closing;
    /** Rules were taken up that no pass has followed yet. */
    private boolean news;

    private final Rhythm rhythm;
    private volatile List<String> problems = List.of();

    /**
     * Nothing happens before {@link #take}.
     *
     * @param ledger stays open until this is closed
     * @param monotonic in nanoseconds
     */
    public Archive(Ledger ledger, Site site, InstantSource wall, LongSupplier monotonic) {
        this(ledger, site, wall, monotonic, USUAL);
    }

    /**
     * When it looks.
     *
     * @param first after its start
     * @param between its looks, unless there are other rules
     */
    record Rhythm(Duration first, Duration between) {}

    Archive(Ledger ledger, Site site, InstantSource wall, LongSupplier monotonic, Rhythm rhythm) {
        this.rhythm = rhythm;
        tools = new Pass.Tools(
                ledger, new Shelves(site.inboxes()), new Spool(site.spool()), new Pace(monotonic, this::rest));
        this.wall = wall;
        nanos = monotonic;
    }

    /** Takes up rules, the first ones or others; returns at once. */
    public void take(OrderRules next) {
        synchronized (door) {
            news = rules.filter(present -> !present.equals(next)).isPresent();
            rules = Optional.of(next);
            door.notifyAll();
            if (thread.isEmpty() && !closing) {
                thread = Optional.of(
                        Thread.ofPlatform().daemon().name("orders-archive").start(this::live));
            }
        }
    }

    /** What is wrong, for people; as of the last pass. */
    public List<String> problems() {
        return problems;
    }

    /**
     * Moves an order's folder out of the archive, back into its inbox, since it is to be worked on again.
     *
     * @param inbox the inbox's folder
     * @return false if it is not in the archive
     * @throws IOException if it cannot be moved
     */
    public static boolean restore(Path inbox, String id) throws IOException {
        return new Shelves(inbox.resolveSibling("")).restore(String.valueOf(inbox.getFileName()), id);
    }

    /**
     * An order's folder in the archive, if it is there.
     *
     * @param inbox the inbox's folder
     * @throws IOException if the archive cannot be read
     */
    public static Optional<Path> find(Path inbox, String id) throws IOException {
        return new Shelves(inbox.resolveSibling("")).find(String.valueOf(inbox.getFileName()), id);
    }

    private void live() {
        try {
            rest(rhythm.first());
            while (true) {
                if (!pass()) {
                    await(rhythm.between());
                }
            }
        } catch (Pace.Closing closed) {
            LOG.debug("{}", closed.getMessage());
        }
    }

    /** One pass; true if there is more to do at once. */
    private boolean pass() throws Pace.Closing {
        OrderRules present;
        synchronized (door) {
            present = rules.orElseThrow();
            news = false;
        }
        var pass = new Pass(tools, present, wall.instant());
        try {
            pass.run();
            tell(List.copyOf(pass.problems()));
            return pass.more();
        } catch (BusException | RuntimeException e) {
            tell(List.of("orders cannot be archived: " + e.getMessage()));
            return false;
        }
    }

    private void tell(List<String> now) {
        now.stream().filter(each -> !problems.contains(each)).forEach(each -> LOG.warn("{}", each));
        problems = now;
    }

    private void rest(Duration time) throws Pace.Closing {
        await(time, () -> false);
    }

    /** The same, or until there are other rules. */
    private void await(Duration time) throws Pace.Closing {
        await(time, () -> news);
    }

    private void await(Duration time, BooleanSupplier enough) throws Pace.Closing {
        synchronized (door) {
            var until = nanos.getAsLong() + time.toNanos();
            for (var left = time.toNanos();
                    left > 0 && !closing && !enough.getAsBoolean();
                    left = until - nanos.getAsLong()) {
                try {
                    door.wait(left / 1_000_000, (int) (left % 1_000_000));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    closing = true;
                }
            }
            if (closing) {
                throw new Pace.Closing();
            }
        }
    }

    /** Ends at the next step; what was begun is finished by the next archive. */
    @Override
    public void close() {
        Optional<Thread> running;
        synchronized (door) {
            closing = true;
            door.notifyAll();
            running = thread;
        }
        running.ifPresent(Archive::join);
    }

    /** Waits whatever comes; an interruption is kept for whoever asks next. */
    private static void join(Thread thread) {
        var interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
