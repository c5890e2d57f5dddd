package dev.steward.orders;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads of one receiver beside its own: some that deliver, which end when there is nothing to deliver, and one that looks out. */
final class ReceiverThreads {
    /** Enough for a file system to group their syncs. */
    private static final int DELIVERIES = 8;

    private static final long IDLE_S = 10;

    private final ScheduledThreadPoolExecutor deliveries;
    private final Thread lookout;

    ReceiverThreads(InboxName inbox, Runnable lookout) {
        this.deliveries = new ScheduledThreadPoolExecutor(
                DELIVERIES,
                Thread.ofPlatform().name("inbox-" + inbox + "-delivery-", 1).factory());
        deliveries.setRemoveOnCancelPolicy(true);
        deliveries.setKeepAliveTime(IDLE_S, TimeUnit.SECONDS);
        deliveries.allowCoreThreadTimeOut(true);
        this.lookout = Thread.ofPlatform().name("inbox-" + inbox + "-lookout").start(lookout);
    }

    ScheduledExecutorService deliveries() {
        return deliveries;
    }

    /** Returns when all of them ended. */
    void end() {
        deliveries.shutdown();
        lookout.interrupt();
        var isInterrupted = false;
        while (lookout.isAlive()) {
            try {
                lookout.join();
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
