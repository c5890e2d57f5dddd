package dev.steward.logs;

import dev.steward.posix.Posix;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the logs of a node while its daemon lives: its own four times a second as long as they grow, all of them once a minute, and
 * whatever somebody wishes. What was interrupted earlier it brings to its end first. All rotations are done by one thread of its own, one
 * after the other; another one compresses.
 */
public final class Keeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    /** What grew by so much until a look has its next one soon: the disk has room for little more of that. */
    private static final long RUNS_AWAY = 64 << 20;

    private static final Duration SOON = Duration.ofMillis(20);
    private static final Duration ALL_EVERY = Duration.ofMinutes(1);
    private static final Wish WHEN_DUE = new Wish(List.of(), false, false);

    private final Rotations rotations;
    private final Supplier<Catalog> catalog;
    private final Listener listener;
    private final LongSupplier nanos;
    private final Watch watch;
    private final Press press;
    private final Map<Path, Log> punched = new ConcurrentHashMap<>();
    private final ScheduledExecutorService rotating = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("rotation").factory());
    /** For people; it stays until all could be looked at. */
    private volatile Optional<String> fault = Optional.empty();

    private long nextOfAll;
    private List<Log> own = List.of();
    private Optional<Catalog> ownOf = Optional.empty();

    /** Told what comes of logs, by the thread that rotates. */
    public interface Listener {
        /** What came of one, dry runs aside. */
        void heard(Outcome outcome);

        /** All that there are; of others nothing will be heard. */
        void keeps(Set<Path> logs);
    }

    /**
     * Begins at once.
     *
     * @param catalog asked before each round; an equal one means the same logs
     */
    public Keeper(Rotations rotations, Supplier<Catalog> catalog, Listener listener, LongSupplier nanos) {
        this.rotations = rotations;
        this.catalog = catalog;
        this.listener = listener;
        this.nanos = nanos;
        watch = new Watch(nanos, Posix.changesOnly());
        press = new Press(rotations, rotating);
        nextOfAll = nanos.getAsLong();
        var every = Pace.GROWING.toMillis();
        var _ = rotating.scheduleAtFixedRate(this::look, 0, every, TimeUnit.MILLISECONDS);
    }

    /**
     * Rotates what somebody wishes, after what is being rotated now, and returns when it is done.
     *
     * @param each told by another thread, while this one waits
     * @throws IOException if the logs cannot be found
     */
    public void rotate(Wish wish, Consumer<Outcome> each) throws IOException, InterruptedException {
        try {
            rotating.submit(() -> {
                        var known = catalog.get();
                        rotations.rotate(known, wish, outcome -> {
                            each.accept(outcome);
                            if (!wish.dryRun()) {
                                known.find(outcome.log()).ifPresent(log -> settle(log, outcome));
                            }
                        });
                        return null;
                    })
                    .get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (RejectedExecutionException e) {
            throw new IOException("the daemon ends, and rotates no more", e);
        }
    }

    /**
     * Has the first rotation take no longer than any other.
     *
     * @param folder where a file may be made for that
     */
    public void rehearse(Path folder) {
        rotating.execute(() -> Rehearsal.of(rotations, folder));
    }

    private void look() {
        try {
            var known = catalog.get();
            lookAtOwn(known);
            if (nanos.getAsLong() - nextOfAll >= 0) {
                nextOfAll = nanos.getAsLong() + ALL_EVERY.toNanos();
                lookAtAll(known);
            }
        } catch (IOException e) {
            LOG.warn("The logs to rotate cannot be found: {}", e.getMessage());
        } catch (Throwable e) {
            // Whatever came out of here would end all looks, and nobody would hear of it.
            var told = Optional.of("logs are not rotated, by a fault in Steward: " + e);
            if (!fault.equals(told)) {
                LOG.error("A fault while logs are rotated; it is tried again. Please report this.", e);
            }
            fault = told;
        }
    }

    private List<Log> ownOf(Catalog known) {
        if (!ownOf.equals(Optional.of(known))) {
            own = known.own();
            ownOf = Optional.of(known);
            watch.keep(own.stream().map(Log::path).collect(Collectors.toSet()));
        }
        return own;
    }

    private void lookAtOwn(Catalog known) {
        watch.wakeUp();
        for (var log : ownOf(known)) {
            if (watch.isLarge(log)) {
                settle(log, rotations.rotate(log, WHEN_DUE));
            }
        }
    }

    private void lookAtAll(Catalog known) throws IOException {
        var all = known.all();
        listener.keeps(all.stream().map(Log::path).collect(Collectors.toSet()));
        var looked = nanos.getAsLong();
        for (var log : all) {
            settle(log, rotations.rotate(log, WHEN_DUE));
            press.offer(log);
            // Thousands of foreign logs take their time, while agents go on writing.
            if (nanos.getAsLong() - looked >= Pace.GROWING.toNanos()) {
                lookAtOwn(known);
                looked = nanos.getAsLong();
            }
        }
        fault = Optional.empty();
    }

    /**
     * The process that writes this log is about to be started, and its former one is gone. A log that was punched is begun anew; else
     * there is nothing to do, and it takes no time; nor is it done if it would take long. Any platform thread.
     */
    public void beforeStart(Path path) {
        var log = punched.remove(path);
        if (log != null) {
            try {
                rotations.renew(log);
            } catch (IOException e) {
                LOG.warn("{} is not begun anew: {}", path, e.getMessage());
            } catch (RuntimeException e) {
                LOG.error("A fault while {} is begun anew; its agent starts. Please report this.", path, e);
            }
        }
    }

    private void settle(Log log, Outcome outcome) {
        if (outcome.way().equals(Optional.of(Outcome.Way.PUNCH)) && outcome.result() == Outcome.Result.ROTATED) {
            punched.put(log.path(), log);
        }
        switch (outcome.result()) {
            case ROTATED -> {
                press.offer(log);
                if (outcome.bytes() > RUNS_AWAY) {
                    watch.soon(log);
                    var _ = rotating.schedule(this::look, SOON.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
            case NOT_DUE -> watch.notDue(log);
            case LEFT_ALONE, FAILED -> watch.troubled(log);
            case BUSY, WOULD_ROTATE -> {}
        }
        listener.heard(outcome);
    }

    /** Why logs are not rotated, or archives not compressed, for people. Any thread. */
    public Optional<String> problem() {
        return fault.or(press::problem);
    }

    /** Whatever is being done may be interrupted: the next to look goes on with it. */
    @Override
    public void close() {
        rotating.shutdown();
        try {
            if (rotating.awaitTermination(5, TimeUnit.SECONDS)) {
                watch.close();
            } else {
                LOG.warn("A rotation takes long; the next daemon brings it to its end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // Last: what was being rotated is offered to it.
        press.close();
    }
}
