package dev.steward.agent;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The JVM runs its shutdown hooks at TERM, INT and HUP, and would then end with the signal's status. */
final class End {
    private static final int INTERNAL_ERROR = 70;
    private static final int SECONDS_TO_END = 5;

    private final Mailbox mailbox;
    private final CountDownLatch done = new CountDownLatch(1);
    private final AtomicInteger status = new AtomicInteger(INTERNAL_ERROR);

    End(Mailbox mailbox) {
        this.mailbox = mailbox;
    }

    /** The hook: what other threads have begun is left for the next start. */
    void come() {
        mailbox.put(new Event.Stop());
        try {
            if (!done.await(SECONDS_TO_END, TimeUnit.SECONDS)) {
                System.err.println("steward agent: the last beat did not end in " + SECONDS_TO_END + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(status.get());
    }

    void well() {
        status.set(0);
    }

    void done() {
        done.countDown();
    }
}
