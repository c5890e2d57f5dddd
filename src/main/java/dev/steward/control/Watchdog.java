package dev.steward.control;

import dev.steward.control.LineReader.Timer;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes what takes too long. Closing is the one thing that ends a blocked read or write of another thread. */
final class Watchdog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    private final ScheduledThreadPoolExecutor executor;
    private final CountDownLatch closed = new CountDownLatch(1);

    Watchdog() {
        executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("control-watchdog").daemon(true).factory());
        executor.setRemoveOnCancelPolicy(true);
        // Once it is closed, so are the connections.
        executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    Timer close(Closeable resource, Duration after) {
        var closing = executor.schedule(() -> closeNow(resource), after.toNanos(), TimeUnit.NANOSECONDS);
        return () -> closing.cancel(false);
    }

    private static void closeNow(Closeable resource) {
        try {
            resource.close();
        } catch (IOException e) {
            LOG.debug("closing a slow client's connection", e);
        }
    }

    /** Waits so long, or until it is closed; returns whether it is. */
    boolean awaitClosed(Duration time) throws InterruptedException {
        return closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        closed.countDown();
        executor.shutdownNow();
    }
}
