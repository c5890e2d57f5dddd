package dev.steward.orders;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What is tried again after a pause, and given up at once when all ends. Each is either run or given up. Thread-safe. */
final class Retries {
    private final ScheduledExecutorService threads;
    private final Map<Attempt, Future<?>> waiting = new HashMap<>();
    private boolean isEnded;

    Retries(ScheduledExecutorService threads) {
        this.threads = threads;
    }

    /** Equal to itself alone. */
    private static final class Attempt {
        private final Runnable run;
        private final Runnable giveUp;

        Attempt(Runnable run, Runnable giveUp) {
            this.run = run;
            this.giveUp = giveUp;
        }
    }

    void later(Duration pause, Runnable run, Runnable giveUp) {
        var attempt = new Attempt(run, giveUp);
        synchronized (waiting) {
            if (!isEnded) {
                waiting.put(attempt, threads.schedule(() -> start(attempt), pause.toMillis(), TimeUnit.MILLISECONDS));
                return;
            }
        }
        giveUp.run();
    }

    private void start(Attempt attempt) {
        synchronized (waiting) {
            if (waiting.remove(attempt) == null) {
                return;
            }
        }
        attempt.run.run();
    }

    /** Gives up what waits, and what will be put off after this. */
    void end() {
        Map<Attempt, Future<?>> left;
        synchronized (waiting) {
            isEnded = true;
            left = new HashMap<>(waiting);
            waiting.clear();
        }
        left.forEach((attempt, future) -> {
            future.cancel(false);
            attempt.giveUp.run();
        });
    }
}
