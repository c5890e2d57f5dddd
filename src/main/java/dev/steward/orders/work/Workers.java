package dev.steward.orders.work;

import dev.steward.bus.ledger.Ledger;
import dev.steward.config.WorkerConfig;
import dev.steward.posix.Posix;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Front door of workers: programs that handle the orders of an inbox. Each order gets a handler, a process in a session of its own, which
 * is given the order's folder; what it comes to becomes the order's result. An order that could not be handled is tried again, later and
 * later, until it is dead.
 *
 * <p>At least once, and never twice at a time, whoever is killed at whatever moment: a handler outlives the daemon, and the next daemon
 * waits for its end. One thread owns all of it; without workers there is none. Thread-safe.
 */
public final class Workers implements AutoCloseable {
    /** Handlers that are asked to end are killed after 5 s; what then remains is for the next daemon. */
    private static final Duration LONGEST_DOWN = Duration.ofSeconds(15);

    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final int THREADS = 4;

    private final WorkLoop.Ground ground;
    private final Posix posix;
    private final Clocks clocks;
    private Optional<Running> running = Optional.empty();
    private volatile List<WorkerStatus> status = List.of();
    private boolean goingDown;

    /**
     * Nothing happens before {@link #take}.
     *
     * @param posix stays open, like the ledger, until this is closed
     * @param monotonic in nanoseconds
     */
    public Workers(Ledger ledger, Posix posix, WorkGround ground, InstantSource wall, LongSupplier monotonic) {
        this.ground = new WorkLoop.Ground(ledger, ground);
        this.posix = posix;
        clocks = new Clocks(wall, monotonic);
    }

    private record Running(WorkLoop loop, Thread thread, ThreadPoolExecutor threads) {}

    /**
     * Takes up a configuration, the first one or another; returns at once. Handlers that run go on by the rules by which they began, also
     * those of a worker that is no more.
     */
    public synchronized void take(Collection<WorkerConfig> workers) {
        if (goingDown
                || (running.isEmpty()
                        && workers.isEmpty()
                        && Files.notExists(ground.work().work()))) {
            return;
        }
        var configs = List.copyOf(workers);
        if (running.isEmpty()) {
            running = Optional.of(begin(configs));
        } else {
            var loop = running.get().loop();
            loop.post(() -> loop.crew().take(configs));
        }
    }

    private Running begin(List<WorkerConfig> configs) {
        var threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE.toSeconds(),
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("work-ledger-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
        var loop = new WorkLoop(ground, posix, threads, clocks, now -> status = now);
        loop.post(() -> loop.crew().take(configs));
        var thread = Thread.ofPlatform().name("workers").start(loop);
        return new Running(loop, thread, threads);
    }

    /** The workers as they are now, in the order of the configuration. */
    public List<WorkerStatus> status() {
        return status;
    }

    /** What is wrong, for people: a line for each worker that something hinders. */
    public List<String> problems() {
        return status.stream()
                .filter(worker -> !worker.problem().isEmpty())
                .map(worker -> "worker " + worker.name() + ": " + worker.problem())
                .toList();
    }

    /**
     * Begins nothing more, and stops every handler: TERM to its group, KILL after 5 s. An order that was being worked on is tried again
     * by the next daemon, however often that happens.
     *
     * @return completes when no handler lives and that is recorded, or after 15 s
     */
    public synchronized CompletableFuture<Void> down() {
        goingDown = true;
        if (running.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        var done = new CompletableFuture<Void>();
        var loop = running.get().loop();
        loop.post(() -> loop.goDown(done));
        return done.completeOnTimeout(null, LONGEST_DOWN.toSeconds(), TimeUnit.SECONDS);
    }

    /** Ends; handlers that run go on, and the next daemon waits for their ends. */
    @Override
    public synchronized void close() {
        goingDown = true;
        if (running.isPresent()) {
            var present = running.get();
            running = Optional.empty();
            present.loop().post(present.loop()::end);
            join(present.thread());
            present.threads().shutdown();
        }
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
