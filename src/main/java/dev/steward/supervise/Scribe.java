package dev.steward.supervise;

import dev.steward.audit.AuditEvent;
import dev.steward.audit.AuditException;
import dev.steward.audit.AuditTrail;
import dev.steward.store.Store;
import dev.steward.store.StoreException;
import dev.steward.store.TransitionRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that writes: batches form by themselves while it is busy. Store and audit trail fail independently. */
public final class Scribe {
    private static final Logger LOG = LoggerFactory.getLogger(Scribe.class);
    /** Some 50 MB at most. */
    private static final int MOST_KEPT = 50_000;

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    private final Store store;
    private final AuditTrail audit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition called = lock.newCondition();
    private Backlog fresh = new Backlog(MOST_KEPT);
    private List<CompletableFuture<Void>> waiting = new ArrayList<>();
    private boolean flushed;
    /** What the trail is not told yet; of the writing thread. */
    private long givenUp;

    private boolean closing;
    private long nextMending = System.nanoTime();
    private volatile Optional<String> storeProblem = Optional.empty();
    private volatile Optional<String> auditProblem = Optional.empty();
    private volatile Optional<Thread> thread = Optional.empty();

    public Scribe(Store store, AuditTrail audit) {
        this.store = store;
        this.audit = audit;
    }

    void begin(Consumer<TransitionRow> listener) {
        var writer = Threads.vital(() -> writeUntilClosed(listener), "scribe");
        thread = Optional.of(writer);
        writer.start();
    }

    List<String> problems() {
        var problems = new ArrayList<String>();
        storeProblem.ifPresent(problems::add);
        store.trouble().ifPresent(problems::add);
        auditProblem.ifPresent(problems::add);
        return problems;
    }

    void add(Consumer<Backlog> change) {
        lock.lock();
        try {
            change.accept(fresh);
            flushed = false;
        } finally {
            lock.unlock();
        }
    }

    void flush() {
        lock.lock();
        try {
            if (!flushed && !fresh.isEmpty()) {
                flushed = true;
                called.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Completes once all that was added before was written, or could not be. */
    CompletableFuture<Void> sync() {
        lock.lock();
        try {
            var written = new CompletableFuture<Void>();
            waiting.add(written);
            flushed = true;
            called.signal();
            return written;
        } finally {
            lock.unlock();
        }
    }

    private void writeUntilClosed(Consumer<TransitionRow> listener) {
        var backlog = new Backlog(MOST_KEPT);
        while (await(backlog)) {
            var news = new Backlog(MOST_KEPT);
            var synced = take(news);
            backlog.addAll(news);
            mend(backlog);
            write(backlog);
            news.transitions().forEach(row -> tell(listener, row));
            synced.forEach(written -> written.complete(null));
        }
        if (!backlog.isEmpty()) {
            // What kept it from being written may be over by now.
            write(backlog);
        }
    }

    /** Somebody may have deleted the database under the daemon, or made room for it. */
    private void mend(Backlog backlog) {
        if (store.trouble().isPresent() && System.nanoTime() - nextMending < 0) {
            return;
        }
        nextMending = System.nanoTime() + LOOK_EVERY.toNanos();
        store.mend().ifPresent(told -> {
            LOG.error("{}", told);
            backlog.audit(new AuditEvent("store_mended", Map.of("detail", told)));
        });
    }

    /** A fault of a listener's is no reason to stop writing. */
    private static void tell(Consumer<TransitionRow> listener, TransitionRow row) {
        LOG.info("{}: {} → {}: {}", row.agent(), row.from(), row.to(), row.reason());
        try {
            listener.accept(row);
        } catch (RuntimeException e) {
            LOG.error("A fault in what hears of transitions; recording goes on. Please report this.", e);
        }
    }

    /** Waits for something to write, or for the time to look again; false once all is over. */
    private boolean await(Backlog backlog) {
        lock.lock();
        try {
            var nanos = (backlog.isEmpty() ? LOOK_EVERY : PAUSE).toNanos();
            while (!flushed && !closing && nanos > 0) {
                nanos = called.awaitNanos(nanos);
            }
            return !closing || !fresh.isEmpty() || !waiting.isEmpty();
        } catch (InterruptedException e) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    private List<CompletableFuture<Void>> take(Backlog news) {
        lock.lock();
        try {
            news.addAll(fresh);
            fresh = new Backlog(MOST_KEPT);
            flushed = false;
            var taken = waiting;
            waiting = new ArrayList<>();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void write(Backlog backlog) {
        var dropped = backlog.takeDropped();
        if (dropped > 0) {
            givenUp += dropped;
            LOG.error("{} records were given up: nothing could be written for too long", dropped);
        }
        try {
            var batch = backlog.batch();
            if (!batch.isEmpty()) {
                store.write(batch);
            }
            backlog.batchWritten();
            storeProblem = recovered(storeProblem);
        } catch (StoreException | RuntimeException e) {
            storeProblem = failed(storeProblem, e);
        }
        try {
            var events = new ArrayList<AuditEvent>();
            if (givenUp > 0) {
                events.add(new AuditEvent("records_given_up", Map.of("count", givenUp)));
            }
            events.addAll(backlog.events());
            if (!events.isEmpty()) {
                audit.append(events);
            }
            givenUp = 0;
            backlog.eventsWritten();
            auditProblem = recovered(auditProblem);
        } catch (AuditException | RuntimeException e) {
            auditProblem = failed(auditProblem, e);
        }
    }

    private static Optional<String> recovered(Optional<String> before) {
        before.ifPresent(problem -> LOG.warn("Recording works again, after: {}", problem));
        return Optional.empty();
    }

    private static Optional<String> failed(Optional<String> before, Exception failure) {
        if (before.isEmpty()) {
            LOG.error("Agents go on, but what happens to them cannot be recorded: {}", failure.getMessage());
        }
        return Optional.of(String.valueOf(failure.getMessage()));
    }

    void close() {
        lock.lock();
        try {
            closing = true;
            called.signal();
        } finally {
            lock.unlock();
        }
        thread.ifPresent(Threads::join);
    }
}
