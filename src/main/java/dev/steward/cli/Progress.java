package dev.steward.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tells somebody who waits at a terminal how far it is, in one line that goes at the end; what is over within a second says nothing.
 * While it is open nothing else may write there.
 */
final class Progress implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(1);
    /** To the first column, and clears what follows (ECMA-48, EL). */
    private static final String ANEW = "\r\u001b[K";

    private final PrintStream err;
    private final String doing;
    private final AtomicInteger done = new AtomicInteger();
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("progress").factory());
    private boolean told;

    private Progress(PrintStream err, String doing) {
        this.err = err;
        this.doing = doing;
    }

    /** @param shown whether a person looks */
    static Progress begin(Terminal terminal, boolean shown, String doing) {
        return begin(terminal, shown, doing, EVERY);
    }

    static Progress begin(Terminal terminal, boolean shown, String doing, Duration every) {
        var progress = new Progress(terminal.err(), doing);
        if (shown) {
            var nanos = every.toNanos();
            var _ = progress.ticks.scheduleAtFixedRate(progress::tell, nanos, nanos, TimeUnit.NANOSECONDS);
        }
        return progress;
    }

    /** One more is done with. Any thread. */
    void step() {
        done.incrementAndGet();
    }

    private synchronized void tell() {
        // A tick that was due when it was closed.
        if (!ticks.isShutdown()) {
            told = true;
            err.print(ANEW + "steward: " + doing + "; " + done.get() + " done");
            err.flush();
        }
    }

    @Override
    public synchronized void close() {
        ticks.shutdownNow();
        if (told) {
            err.print(ANEW);
            err.flush();
        }
    }
}
