package dev.steward.agent;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What the beating thread is told by others. Thread-safe. */
final class Mailbox implements Beats.Bell {
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    void put(Event event) {
        events.add(event);
    }

    @Override
    public Optional<Event> next(Duration most) throws InterruptedException {
        return Optional.ofNullable(events.poll(most.toNanos(), TimeUnit.NANOSECONDS));
    }
}
