package dev.steward.bus.redis;

import dev.steward.bus.Acknowledgement;
import dev.steward.bus.BusException;
import dev.steward.bus.ledger.OrderBook;
import java.time.Duration;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages on {@code cls:ack} that no receiver seems to have sent. A receiver writes the same into {@code steward:acks} before, so a
 * message that has no such entry after a while is forged, and recorded as refused; it never changes anything. Thread-safe.
 */
final class Suspects implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Suspects.class);
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final int MOST = 2_000;
    private static final int LONGEST = 4_096;

    private record Suspect(Acknowledgement ack, long due, LongSupplier nanoTime) implements Delayed {
        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - nanoTime.getAsLong(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    private final DelayQueue<Suspect> waiting = new DelayQueue<>();
    private final OrderBook ledger;
    private final Acks acks;
    private final Refusals refusals;
    private final BooleanSupplier hearing;
    private final LongSupplier nanoTime;
    private final Thread judge = Thread.ofVirtual().name("redis suspects").unstarted(this::judge);

    /** @param hearing whether the stream is read now: else nothing can be said of a message */
    Suspects(OrderBook ledger, Acks acks, Refusals refusals, BooleanSupplier hearing, LongSupplier nanoTime) {
        this.ledger = ledger;
        this.acks = acks;
        this.refusals = refusals;
        this.hearing = hearing;
        this.nanoTime = nanoTime;
    }

    void start() {
        judge.start();
    }

    void heard(String message) throws BusException {
        try {
            if (message.length() > LONGEST) {
                throw new Check.Bad("it has " + message.length() + " characters");
            }
            var ack = AckEntry.read(message);
            // Of a flood some are looked at.
            if (!isKnown(ack) && waiting.size() < MOST) {
                waiting.add(new Suspect(ack, nanoTime.getAsLong() + GRACE.toNanos(), nanoTime));
            }
        } catch (Check.Bad e) {
            refusals.refuse(Names.ACK_CHANNEL, "", String.valueOf(e.getMessage()));
        }
    }

    private boolean isKnown(Acknowledgement ack) {
        return acks.latest(ack.id()).filter(known -> AckEntry.same(known, ack)).isPresent();
    }

    private void judge() {
        try {
            while (true) {
                var ack = waiting.take().ack();
                if (hearing.getAsBoolean() && !isKnown(ack)) {
                    decide(ack);
                }
            }
        } catch (InterruptedException closing) {
            LOG.debug("Suspects are no longer judged");
        }
    }

    private void decide(Acknowledgement ack) {
        try {
            var row = ledger.order(ack.id());
            if (row.isEmpty()) {
                refusals.refuse(ack, Names.ACK_CHANNEL, "no receiver of an order has said so");
            } else if (row.get().acknowledgement().isEmpty()) {
                refusals.refuse(ack, Names.ACK_CHANNEL, "the order is not delivered");
            } else if (!AckEntry.same(row.get().acknowledgement().get(), ack)) {
                refusals.refuse(ack, Names.ACK_CHANNEL, "the order's receiver said something else");
            }
        } catch (BusException | RuntimeException e) {
            LOG.warn("A message on {} could not be judged: {}", Names.ACK_CHANNEL, e.getMessage());
        }
    }

    @Override
    public void close() {
        judge.interrupt();
    }
}
