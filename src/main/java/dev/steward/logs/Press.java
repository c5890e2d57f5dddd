package dev.steward.logs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compresses archives behind the rotations, log by log, on a thread of its own. */
final class Press implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Press.class);

    private final Rotations rotations;
    private final Executor rotating;
    private final LinkedHashMap<Path, Log> waiting = new LinkedHashMap<>();
    private final ExecutorService pressing = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("compression").factory());
    private volatile Optional<String> problem = Optional.empty();

    /** @param rotating puts what was compressed in its place */
    Press(Rotations rotations, Executor rotating) {
        this.rotations = rotations;
        this.rotating = rotating;
    }

    /** That log may have archives to compress. */
    void offer(Log log) {
        if (!log.rules().compress()) {
            return;
        }
        synchronized (waiting) {
            waiting.put(log.path(), log);
        }
        pressing.execute(this::pressNext);
    }

    /** What could not be compressed, for people. */
    Optional<String> problem() {
        return problem;
    }

    private void pressNext() {
        Log log;
        synchronized (waiting) {
            var next = waiting.pollFirstEntry();
            if (next == null) {
                return;
            }
            log = next.getValue();
        }
        try {
            pressAll(log);
            problem = Optional.empty();
        } catch (IOException e) {
            var told = told(log, String.valueOf(e.getMessage()));
            if (!problem.equals(Optional.of(told))) {
                LOG.warn("{}", told);
            }
            problem = Optional.of(told);
        } catch (InterruptedException | RejectedExecutionException e) {
            // The daemon ends; what is not in its place yet is compressed anew by the next.
            LOG.debug("Compression ends", e);
        } catch (RuntimeException e) {
            LOG.error("A fault while archives of {} are compressed; others go on. Please report this.", log.path(), e);
            problem = Optional.of(told(log, "a fault in Steward: " + e));
        }
    }

    private static String told(Log log, String why) {
        return "archives of " + log.path() + " are not compressed: " + why;
    }

    /** One that found no place would be compressed again and again: it waits until the log is offered anew. */
    private void pressAll(Log log) throws IOException, InterruptedException {
        var pressed = rotations.press(log);
        while (pressed.isPresent() && shelve(pressed.get())) {
            pressed = rotations.press(log);
        }
    }

    private boolean shelve(Rotations.Pressed pressed) throws IOException, InterruptedException {
        var task = new FutureTask<>(() -> rotations.shelve(pressed));
        rotating.execute(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        pressing.shutdownNow();
    }
}
