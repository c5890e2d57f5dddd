package dev.steward.orders;

import dev.steward.bus.Bus;
import dev.steward.bus.BusException;
import dev.steward.bus.WorkOrder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Takes orders as long as one reception lives, and has them delivered on several threads. An order that the disk refuses is tried again
 * while others go on; when the bus refuses, the session ends, and the next one is given all again that isn't acknowledged.
 */
final class Session {
    /** Taken and not yet delivered: no more wait in memory, however many wait on the bus. */
    private static final int MOST_IN_FLIGHT = 32;

    private static final int MOST_AT_ONCE = 16;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Bus.Reception reception;
    private final Delivery delivery;
    private final ScheduledExecutorService threads;
    private final Teller teller;
    private final Thread taker = Thread.currentThread();
    private final Semaphore slots = new Semaphore(MOST_IN_FLIGHT);
    private final Retries retries;
    /** Of the order that was taken last. */
    private Turn last = Turn.free();

    private final AtomicReference<@Nullable BusException> end = new AtomicReference<>();

    /** For the thread that makes it. */
    Session(Bus.Reception reception, Delivery delivery, ScheduledExecutorService threads, Teller teller) {
        this.reception = reception;
        this.delivery = delivery;
        this.threads = threads;
        this.teller = teller;
        this.retries = new Retries(threads);
    }

    /**
     * Goes on until the bus refuses or the thread is interrupted; no delivery is under way when it returns.
     *
     * @param wait how long to ask the bus at a time
     */
    void run(Duration wait) throws BusException, InterruptedException {
        try {
            while (end.get() == null) {
                take(wait);
            }
        } catch (InterruptedException e) {
            if (end.get() == null) {
                throw e;
            }
        } finally {
            retries.end();
            slots.acquireUninterruptibly(MOST_IN_FLIGHT);
            if (end.get() != null) {
                // A delivery may have woken this thread when it was awake, and its next wait is not meant.
                Thread.interrupted();
            }
        }
        var trouble = end.get();
        if (trouble != null) {
            throw trouble;
        }
    }

    private void take(Duration wait) throws BusException, InterruptedException {
        slots.acquire();
        var free = 1;
        while (free < MOST_AT_ONCE && slots.tryAcquire()) {
            free++;
        }
        var orders = List.<WorkOrder>of();
        try {
            orders = reception.take(free, wait);
            for (var order : orders) {
                var turn = last.next(order);
                last = turn;
                threads.execute(() -> attempt(order, turn));
            }
        } finally {
            slots.release(free - orders.size());
        }
    }

    private void attempt(WorkOrder order, Turn turn) {
        try {
            attempt(order, turn, FIRST_PAUSE);
        } finally {
            turn.end();
        }
    }

    private void attempt(WorkOrder order, Turn turn, Duration pause) {
        try {
            delivery.deliver(reception, order, turn);
            over(order);
        } catch (InboxLost e) {
            stop(new BusException(BusException.Kind.UNAVAILABLE, String.valueOf(e.getMessage()), e));
        } catch (IOException e) {
            teller.trouble(order.id(), "orders cannot be delivered: " + Disk.reason(e) + "; this is tried again");
            retries.later(pause, () -> attempt(order, Turn.free(), longer(pause)), () -> over(order));
        } catch (BusException e) {
            if (e.kind() == BusException.Kind.REFUSED) {
                teller.tell(new InboxEvent.Refused(delivery.place(order), "the bus refuses it: " + e.getMessage()));
                over(order);
            } else {
                stop(e);
            }
        } catch (RuntimeException | Error e) {
            stop(new BusException(BusException.Kind.UNUSABLE, "a fault while an order was delivered: " + e, e));
        }
    }

    private void over(WorkOrder order) {
        teller.well(order.id());
        slots.release();
    }

    private void stop(BusException e) {
        if (end.compareAndSet(null, e)) {
            taker.interrupt();
        }
        slots.release();
    }

    private static Duration longer(Duration pause) {
        var twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }
}
