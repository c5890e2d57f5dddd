package dev.steward.bus.redis;

import dev.steward.bus.BusException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether there is a link now, and which; why there is none, and how to wait for a change. Thread-safe. */
final class LinkState {
    private static final Logger LOG = LoggerFactory.getLogger(LinkState.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Control current;
    private String reason;
    private boolean closed;

    /** @param reason why there is none yet, for people */
    LinkState(String reason) {
        this.reason = reason;
    }

    /** Waits until there is a link; ends with the exception when it is closed for good. */
    Session await() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (current == null) {
                check();
                changed.await();
            }
            return current.session();
        } finally {
            lock.unlock();
        }
    }

    /** Waits so long, or until this session is over; gives whether it isn't. */
    boolean pause(Session session, Duration most) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = most.toNanos();
            while (isCurrent(session) && left > 0) {
                left = changed.awaitNanos(left);
            }
            return isCurrent(session);
        } finally {
            lock.unlock();
        }
    }

    /** Waits so long; ends with the exception when it is closed for good. */
    void rest(Duration most) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = most.toNanos();
            while (!closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            check();
        } finally {
            lock.unlock();
        }
    }

    private void check() throws InterruptedException {
        if (closed) {
            throw new InterruptedException("closed");
        }
    }

    private boolean isCurrent(Session session) {
        return current != null && current.session() == session;
    }

    /** There is one now. One that comes when it is closed is none. */
    void made(Control control) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            check();
            current = control;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** There is none, for this reason. */
    void none(String why) {
        lock.lock();
        try {
            away(why);
        } finally {
            lock.unlock();
        }
    }

    /** This one is of no use any more; gives whether it was the current one. */
    boolean broken(Session session, String why) {
        lock.lock();
        try {
            if (!isCurrent(session)) {
                return false;
            }
            current = null;
            away(why);
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void away(String why) {
        if (closed) {
            return;
        }
        if (!why.equals(reason)) {
            LOG.warn("No link: {}", why);
        }
        reason = why;
    }

    /** The current one; if there is none, {@code UNAVAILABLE} says why. */
    Control now() throws BusException {
        lock.lock();
        try {
            if (current == null) {
                throw new BusException(BusException.Kind.UNAVAILABLE, reason);
            }
            return current;
        } finally {
            lock.unlock();
        }
    }

    /** The current one, if there is one. */
    Optional<Control> current() {
        lock.lock();
        try {
            return Optional.ofNullable(current);
        } finally {
            lock.unlock();
        }
    }

    /** For good; gives the one that there was. */
    Optional<Control> close() {
        lock.lock();
        try {
            var last = Optional.ofNullable(current);
            closed = true;
            current = null;
            reason = "the bus is closed";
            changed.signalAll();
            return last;
        } finally {
            lock.unlock();
        }
    }
}
