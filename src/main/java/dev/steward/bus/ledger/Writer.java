package dev.steward.bus.ledger;

import dev.steward.bus.BusException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The one thread that writes: commands come in by a queue, and those that wait there share a commit. */
final class Writer {
    private static final int GROUP = 256;
    private static final long LOOK_EVERY = Duration.ofSeconds(1).toNanos();

    private final BlockingQueue<Queued<?>> queue = new LinkedBlockingQueue<>();
    private final Watchers watchers = new Watchers();
    private final Commits commits;
    private final LongSupplier nanoTime;
    private final Thread thread;
    private volatile boolean closed;

    Writer(Commits commits, LongSupplier nanoTime) {
        this.commits = commits;
        this.nanoTime = nanoTime;
        this.thread = Thread.ofPlatform().daemon().name("ledger").unstarted(this::live);
    }

    void start() {
        thread.start();
    }

    /** Returns when it is on disk. */
    <T> T write(Command<T> command) throws BusException {
        var queued = new Queued<>(command);
        synchronized (this) {
            if (closed) {
                throw commits.closed();
            }
            queue.add(queued);
        }
        return queued.await();
    }

    AutoCloseable watch(Optional<String> name, Runnable changed) {
        var watching = watchers.add(name, changed);
        wake();
        return watching;
    }

    // It may wait without an end, since nobody watched.
    private void wake() {
        queue.add(new Queued<>(in -> true));
    }

    /** Ends the thread when all that came in before is done, and closes the connection. */
    void close() throws BusException {
        synchronized (this) {
            closed = true;
            wake();
        }
        boolean interrupted = false;
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
        commits.close();
    }

    private void live() {
        try {
            work();
        } catch (RuntimeException | Error e) {
            end(e);
            throw e;
        }
    }

    /** Those who wait would wait for ever. */
    private void end(Throwable why) {
        synchronized (this) {
            closed = true;
        }
        for (var left = queue.poll(); left != null; left = queue.poll()) {
            left.failed(why);
            left.tell();
        }
    }

    private void work() {
        long looked = nanoTime.getAsLong();
        while (!closed || !queue.isEmpty()) {
            var group = next(looked);
            if (!group.isEmpty()) {
                run(group);
            } else if (commits.isUntidy()) {
                commits.tidy();
            }
            if (watchers.any() && nanoTime.getAsLong() - looked >= LOOK_EVERY) {
                looked = nanoTime.getAsLong();
                if (commits.changedElsewhere()) {
                    watchers.changedElsewhere();
                }
            }
        }
    }

    /** What waits, as soon as there is something; nothing when there may be something else to do. */
    private List<Queued<?>> next(long looked) {
        var group = new ArrayList<Queued<?>>();
        try {
            var first = queue.poll(pause(looked), TimeUnit.NANOSECONDS);
            if (first != null) {
                group.add(first);
                queue.drainTo(group, GROUP - 1);
            }
        } catch (InterruptedException e) {
            // Nobody has this thread but this class, which never interrupts it.
            throw new IllegalStateException(e);
        }
        return group;
    }

    private long pause(long looked) {
        if (watchers.any()) {
            return looked + LOOK_EVERY - nanoTime.getAsLong();
        }
        return commits.isUntidy() ? LOOK_EVERY : Long.MAX_VALUE;
    }

    private void run(List<Queued<?>> group) {
        if (group.isEmpty()) {
            return;
        }
        try {
            commits.run(group);
        } catch (RuntimeException | Error e) {
            // Told to those who wait, who would wait for ever if this thread ended.
            group.forEach(each -> each.failed(e));
        }
        group.forEach(Queued::tell);
        if (watchers.any()) {
            var names = new HashSet<String>();
            group.forEach(each -> names.addAll(each.touched()));
            if (group.stream().anyMatch(Queued::changed)) {
                watchers.changed(names);
            }
        }
    }
}
