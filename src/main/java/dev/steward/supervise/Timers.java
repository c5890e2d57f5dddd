package dev.steward.supervise;

import java.util.Comparator;
import java.util.PriorityQueue;

/** What is to happen later on the supervising thread. Times are of the monotonic clock, in nanoseconds. */
final class Timers {
    private final PriorityQueue<Timer> due = new PriorityQueue<>(
            Comparator.comparingLong((Timer timer) -> timer.at).thenComparingLong(timer -> timer.order));
    private long order;

    /** One that can be called off. */
    static final class Timer {
        private final long at;
        private final long order;
        private final Runnable action;
        private boolean off;

        private Timer(long at, long order, Runnable action) {
            this.at = at;
            this.order = order;
            this.action = action;
        }

        void callOff() {
            off = true;
        }
    }

    Timer at(long nanos, Runnable action) {
        var timer = new Timer(nanos, order++, action);
        due.add(timer);
        return timer;
    }

    /** How long there is nothing to do, in whole milliseconds and never too short; −1 if for ever. */
    int millisUntilNext(long now) {
        dropCalledOff();
        var next = due.peek();
        if (next == null) {
            return -1;
        }
        return Math.clamp((next.at - now + 999_999) / 1_000_000, 0, Integer.MAX_VALUE);
    }

    /** Does what is due. */
    void run(long now) {
        dropCalledOff();
        for (var next = due.peek(); next != null && next.at <= now; next = due.peek()) {
            due.remove();
            next.action.run();
            dropCalledOff();
        }
    }

    private void dropCalledOff() {
        for (var next = due.peek(); next != null && next.off; next = due.peek()) {
            due.remove();
        }
    }
}
