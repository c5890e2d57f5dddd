package dev.steward.supervise;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the JDK's threads lack. */
final class Threads {
    private static final Logger LOG = LoggerFactory.getLogger(Threads.class);
    private static final int INTERNAL_ERROR = 70;

    private Threads() {}

    /**
     * A thread without which the daemon would only look alive: if a fault ends it, the daemon ends, at once. Agents go on, and the next
     * daemon adopts them.
     */
    static Thread vital(Runnable work, String name) {
        var thread = new Thread(work, name);
        thread.setUncaughtExceptionHandler((_, fault) -> {
            LOG.error("A fault ended {}; the daemon ends, and its agents go on. Please report this.", name, fault);
            Runtime.getRuntime().halt(INTERNAL_ERROR);
        });
        return thread;
    }

    /** Waits for a thread's end whatever comes; an interruption is kept for whoever asks next. */
    static void join(Thread thread) {
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
