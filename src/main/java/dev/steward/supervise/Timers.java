package dev.steward.supervise;

import java.time.Duration;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.TreeSet;

/** What is to happen later on the supervising thread. Times are of the monotonic clock, in nanoseconds. */
final class Timers {
    private final NavigableSet<Timer> due =
            new TreeSet<>(Comparator.comparingLong((Timer timer) -> timer.at).thenComparingLong(timer -> timer.order));
    private long order;

    /** One that can be called off; then nothing of it is kept, though its time may be far off. */
    final class Timer {
        private final long at;
        private final long order;
        private final Runnable action;

        private Timer(long at, long order, Runnable action) {
            this.at = at;
            this.order = order;
            this.action = action;
        }

        boolean isBefore(long nanos) {
            return at < nanos;
        }

        /** So long yet; nothing if it is due. */
        Duration from(long now) {
            return Duration.ofNanos(Math.max(0, at - now));
        }

        void callOff() {
            due.remove(this);
        }
    }

    Timer at(long nanos, Runnable action) {
        var timer = new Timer(nanos, order++, action);
        due.add(timer);
        return timer;
    }

    /** How long there is nothing to do, in whole milliseconds and never too short; −1 if for ever. */
    int millisUntilNext(long now) {
        return due.isEmpty() ? -1 : Math.clamp((due.first().at - now + 999_999) / 1_000_000, 0, Integer.MAX_VALUE);
    }

    /** Does what is due. */
    void run(long now) {
        while (!due.isEmpty() && due.first().at <= now) {
            due.removeFirst().action.run();
        }
    }
}
