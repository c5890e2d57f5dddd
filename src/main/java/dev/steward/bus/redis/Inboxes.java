package dev.steward.bus.redis;

import dev.steward.bus.BusException;
import dev.steward.bus.Heading;
import dev.steward.bus.WorkOrder;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The inboxes that this node receives: each is read as long as somebody receives it. Thread-safe. */
final class Inboxes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Inboxes.class);

    /** Longer than it takes to leave an inbox. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** An inbox that is read. */
    private static final class Reading {
        private final Feed feed;
        private final Worker worker;
        private int receivers;
        private boolean ending;

        private Reading(Feed feed, Worker worker) {
            this.feed = feed;
            this.worker = worker;
        }
    }

    private final Room room = new Room();
    private final Map<String, Reading> byInbox = new HashMap<>();
    private final String node;
    private final Intake intake;
    private final Worker.Crew crew;
    private final Silence silence;
    private boolean closed;

    Inboxes(String node, Intake intake, Worker.Crew crew, Silence silence) {
        this.node = node;
        this.intake = intake;
        this.crew = crew;
        this.silence = silence;
    }

    RedisReception open(String name, RedisReception.Means means) throws BusException {
        String inbox = Heading.inbox(name);
        try {
            Check.name("an inbox' name", inbox);
        } catch (Check.Bad e) {
            throw new BusException(BusException.Kind.REFUSED, String.valueOf(e.getMessage()), e);
        }
        synchronized (this) {
            awaitLeft(inbox);
            if (closed) {
                throw new BusException(BusException.Kind.UNAVAILABLE, "the bus is closed");
            }
            var reading = byInbox.computeIfAbsent(inbox, this::read);
            reading.receivers++;
            return new RedisReception(reading.feed, means, () -> left(inbox, reading));
        }
    }

    /** Two feeds of one consumer would be given the same orders. */
    private synchronized void awaitLeft(String inbox) throws BusException {
        long begun = silence.nanoTime().getAsLong();
        for (var last = byInbox.get(inbox); last != null && last.ending; last = byInbox.get(inbox)) {
            long left = PATIENCE.toNanos() - (silence.nanoTime().getAsLong() - begun);
            if (left <= 0) {
                throw new BusException(
                        BusException.Kind.UNAVAILABLE, "the inbox " + inbox + " is still left by its last receiver");
            }
            try {
                wait(Math.max(1, Duration.ofNanos(left).toMillis()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new BusException(
                        BusException.Kind.UNAVAILABLE, "interrupted while the inbox " + inbox + " is left", e);
            }
        }
    }

    private Reading read(String inbox) {
        var feed = new Feed(new Group(inbox, node), new Shelf(room), intake, silence);
        return new Reading(feed, crew.start("inbox " + inbox, feed));
    }

    private void left(String inbox, Reading reading) {
        synchronized (this) {
            reading.receivers--;
            if (reading.receivers > 0 || byInbox.get(inbox) != reading) {
                return;
            }
            reading.ending = true;
        }
        try {
            end(reading);
        } finally {
            synchronized (this) {
                byInbox.remove(inbox, reading);
                notifyAll();
            }
        }
    }

    /** What was not settled is given to the next receiver: here, as this node's own, or at once elsewhere. */
    private void end(Reading reading) {
        reading.worker.close();
        var entries = reading.feed.shelf().entries();
        for (WorkOrder left : reading.feed.shelf().clear()) {
            try {
                Bodies.discard(left.body());
            } catch (IOException e) {
                LOG.warn("The payload of {} stays in the spool until the next start: {}", left.id(), e.getMessage());
            }
        }
        try {
            crew.link().ask(reading.feed.group().stream(), lane -> {
                reading.feed.group().release(lane, silence.most(), entries);
                return true;
            });
        } catch (BusException e) {
            LOG.debug(
                    "Others are given what is left of {} when it is overdue",
                    reading.feed.group().inbox(),
                    e);
        }
    }

    @Override
    public void close() {
        Map<String, Reading> all;
        synchronized (this) {
            closed = true;
            // Those that are left at the moment are ended by who leaves them.
            byInbox.values().removeIf(reading -> reading.ending);
            all = Map.copyOf(byInbox);
            byInbox.clear();
            notifyAll();
        }
        all.values().forEach(this::end);
    }
}
