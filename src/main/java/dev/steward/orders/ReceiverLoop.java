package dev.steward.orders;

import dev.steward.bus.Bus;
import dev.steward.bus.BusException;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A receiver's life: waits for the inbox, finishes what the receiver before it began, then receives until the end comes. */
final class ReceiverLoop {
    private static final String HOLDING = "inbox";
    private static final String BUS = "bus";
    private static final String LOOKOUT = "lookout";
    private static final long OTHER_RECEIVER_PAUSE_MS = 1_000;
    private static final long FIRST_PAUSE_MS = 200;
    private static final long LONGEST_PAUSE_MS = 10_000;
    private static final long FAULT_PAUSE_NANOS = 1_000_000_000;

    private final Bus bus;
    private final InboxName name;
    private final Workplace at;
    private final CountDownLatch end;
    private final AtomicReference<Bus.@Nullable Reception> desk = new AtomicReference<>();
    private boolean isWaiting;

    ReceiverLoop(Bus bus, InboxName name, Workplace at, CountDownLatch end) {
        this.bus = bus;
        this.name = name;
        this.at = at;
        this.end = end;
    }

    /** Nothing but the end ends it: a receiver that is thought to receive and doesn't is worse than none. */
    void run() {
        while (end.getCount() > 0) {
            try {
                hold();
            } catch (InterruptedException _) {
                // Woken: for the end, or else for nothing.
            } catch (RuntimeException e) {
                fault(HOLDING, e);
            }
        }
    }

    private void fault(String work, RuntimeException e) {
        at.teller().trouble(work, "a fault in the receiver, which begins anew: " + e);
        LockSupport.parkNanos(FAULT_PAUSE_NANOS);
    }

    private void hold() throws InterruptedException {
        try {
            at.ground().make();
            var lock = InboxLock.take(at.ground().lock());
            if (lock.isEmpty()) {
                sayWaiting();
                pause(OTHER_RECEIVER_PAUSE_MS);
                return;
            }
            try (var held = lock.get()) {
                receive(held);
            }
        } catch (InboxLost e) {
            at.teller().trouble(HOLDING, e.getMessage() + "; it is received anew");
        } catch (IOException e) {
            at.teller().trouble(HOLDING, "the inbox cannot be received: " + Disk.reason(e) + "; this is tried again");
            pause(LONGEST_PAUSE_MS);
        }
    }

    private void sayWaiting() {
        if (!isWaiting) {
            isWaiting = true;
            at.teller().well(HOLDING);
            at.teller().tell(new InboxEvent.Waiting(at.ground().inbox()));
        }
    }

    private void receive(InboxLock lock) throws IOException, InterruptedException {
        at.receipts().recover();
        isWaiting = false;
        at.teller().well(HOLDING);
        at.teller().tell(new InboxEvent.Holding(at.ground().inbox()));
        var lookout = new LookoutLoop(at, new Lookout(at, new PickUp(at, name, desk)), end);
        var threads = new ReceiverThreads(name, () -> lookOut(lookout));
        try {
            takeAll(lock, threads.deliveries());
        } finally {
            threads.end();
        }
    }

    private void lookOut(LookoutLoop lookout) {
        while (end.getCount() > 0 && !Thread.currentThread().isInterrupted()) {
            try {
                lookout.run();
            } catch (InterruptedException e) {
                // The thread is the lookout's own: its end has come.
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                fault(LOOKOUT, e);
            }
        }
    }

    private void takeAll(InboxLock lock, ScheduledExecutorService threads) throws IOException, InterruptedException {
        var pause = FIRST_PAUSE_MS;
        while (end.getCount() > 0) {
            var begun = at.timing().monotonic().getAsLong();
            try (var reception = bus.receive(name.text())) {
                desk.set(reception);
                finishOld(reception);
                at.teller().well(BUS);
                new Session(reception, new Delivery(at, lock), threads, at.teller())
                        .run(at.timing().net());
            } catch (BusException e) {
                lock.check();
                at.teller().trouble(BUS, "the bus is away: " + e.getMessage());
            } catch (IOException e) {
                at.teller().trouble(BUS, "receipts cannot be removed: " + Disk.reason(e));
            } finally {
                desk.set(null);
            }
            var lasted = TimeUnit.NANOSECONDS.toMillis(at.timing().monotonic().getAsLong() - begun);
            pause = lasted > LONGEST_PAUSE_MS ? FIRST_PAUSE_MS : pause;
            pause(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
        }
    }

    /** Orders that were acknowledged before their receipt went. Of the others, the bus gives each again. */
    private void finishOld(Bus.Reception reception) throws BusException, IOException {
        for (var id : at.receipts().all()) {
            if (reception.delivered(id)) {
                at.receipts().settle(id);
                at.teller().tell(new InboxEvent.DeliveredBefore(Names.shown(id)));
            }
        }
    }

    private void pause(long milliseconds) throws InterruptedException {
        if (end.await(milliseconds, TimeUnit.MILLISECONDS)) {
            throw new InterruptedException("the end");
        }
    }
}
