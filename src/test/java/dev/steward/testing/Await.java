package dev.steward.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for what another process or thread does, by asking again and again: the only wait that a test may use. */
public final class Await {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private Await() {}

    /** Returns once the condition holds; fails with what was awaited when it has not after 20 s. */
    public static void until(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited " + LIMIT.toSeconds() + " s in vain: " + what);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
