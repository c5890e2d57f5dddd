package dev.steward.bus.redis;

import dev.steward.bus.redis.Trouble.NoConnection;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A session's connection for short questions of anybody: pings, heartbeats. Thread-safe; nobody waits longer than twice the time for an answer. */
final class Control {
    private final ReentrantLock lock = new ReentrantLock();
    private final Lane lane;
    private final Duration answer;

    Control(Session session, Duration answer) {
        this.lane = session.lane();
        this.answer = answer;
    }

    Session session() {
        return lane.session();
    }

    <T extends @Nullable Object> T ask(Function<Lane, T> question) {
        try {
            if (!lock.tryLock(answer.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new NoConnection("Redis has not yet answered others", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoConnection("interrupted", e);
        }
        try {
            return question.apply(lane);
        } finally {
            lock.unlock();
        }
    }
}
