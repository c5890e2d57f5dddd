package dev.steward.bus.embedded;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Says that something changed, to one that asks, and then waits for the next change if that did not help. */
final class Signal {
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long changes;
    private boolean closed;

    void change() {
        lock.lock();
        try {
            changes++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** To be asked before one looks for what one waits for: what changes from here on ends the wait. */
    long changes() {
        lock.lock();
        try {
            return changes;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until there were more changes than these.
     *
     * @param nanos at most; those that are left are returned, none or less if the time is over
     */
    long await(long than, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (changes == than && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return left;
        } finally {
            lock.unlock();
        }
    }

    /** Ends all waits; gives whether it was open. */
    boolean close() {
        lock.lock();
        try {
            boolean was = !closed;
            closed = true;
            changed.signalAll();
            return was;
        } finally {
            lock.unlock();
        }
    }

    boolean closed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }
}
