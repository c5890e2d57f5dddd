package dev.steward.daemon;

import dev.steward.audit.AuditException;
import dev.steward.bus.BusException;
import dev.steward.bus.ledger.Ledger;
import dev.steward.orders.record.AuditCarrier;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries what happens to orders into the audit trail as soon as it happened. A thread of its own, which sleeps while nothing does. */
final class RecordKeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RecordKeeping.class);
    private static final int SECONDS_UNTIL_AGAIN = 5;

    private final AuditCarrier carrier;
    private final Semaphore news = new Semaphore(1);
    private final AutoCloseable watch;
    private final Thread thread;
    private volatile boolean closing;
    private volatile Optional<String> problem = Optional.empty();

    RecordKeeping(Ledger ledger, AuditCarrier carrier) {
        this.carrier = carrier;
        watch = ledger.watch(news::release);
        thread = Thread.ofPlatform().daemon().name("order-records").start(this::carryUntilClosed);
    }

    private void carryUntilClosed() {
        try {
            while (!closing) {
                if (problem.isEmpty()) {
                    news.acquire();
                } else {
                    var _ = news.tryAcquire(SECONDS_UNTIL_AGAIN, TimeUnit.SECONDS);
                }
                news.drainPermits();
                carry();
            }
        } catch (InterruptedException e) {
            LOG.debug("Records are carried no more", e);
        }
    }

    private void carry() {
        try {
            carrier.carry();
            problem = Optional.empty();
        } catch (BusException | AuditException | IOException e) {
            failed(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("A fault while records of orders are carried; it is tried again. Please report this.", e);
            failed("a fault of Steward: " + e);
        }
    }

    private void failed(String why) {
        var told = Optional.of("what happens to orders is not in the audit trail yet: " + why);
        if (!told.equals(problem)) {
            LOG.warn("{}", told.get());
        }
        problem = told;
    }

    /** For people. */
    Optional<String> problem() {
        return problem;
    }

    /** What is owed then is carried by the next one. */
    @Override
    public void close() {
        closing = true;
        news.release();
        try {
            watch.close();
            thread.join(TimeUnit.SECONDS.toMillis(SECONDS_UNTIL_AGAIN));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.warn("The ledger cannot be let go of: {}", e.getMessage());
        }
    }
}
