package dev.steward.daemon;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the service manager that this daemon works, as long as the supervising thread answers: one that hangs is so replaced, and
 * agents are adopted by the next.
 */
final class Watchdog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    private final ScheduledExecutorService asking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("watchdog").factory());

    /** @param question returns once the supervising thread has answered */
    static AutoCloseableQuietly begin(Parent parent, Runnable question) {
        if (parent.every().isEmpty()) {
            return () -> {};
        }
        var watchdog = new Watchdog();
        var nanos = parent.every().get().toNanos();
        var _ = watchdog.asking.scheduleWithFixedDelay(() -> ask(parent, question), nanos, nanos, TimeUnit.NANOSECONDS);
        return watchdog::close;
    }

    /** Closes without a fuss. */
    interface AutoCloseableQuietly extends AutoCloseable {
        @Override
        void close();
    }

    private static void ask(Parent parent, Runnable question) {
        try {
            question.run();
            parent.works();
        } catch (RuntimeException e) {
            LOG.error(
                    "Supervision does not answer, which the service manager is not kept from noticing: {}",
                    e.toString());
        }
    }

    @Override
    public void close() {
        asking.shutdownNow();
    }
}
