package dev.steward.bus.redis;

import dev.steward.bus.BusException;
import dev.steward.bus.Presence;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's link to Redis: one thread makes it, looks after it, and makes it anew when it breaks. A break anywhere breaks all of it:
 * whatever the cause was (a restart, a failover, lost data), everybody begins anew from what the ledger knows. Thread-safe.
 */
final class Link implements AutoCloseable {
    static final String KIND = "redis";

    private static final Logger LOG = LoggerFactory.getLogger(Link.class);

    private final Dialer dialer;
    private final RedisPace pace;
    private final Means means;
    private final LongSupplier nanoTime;
    private final LinkState state;
    private final Thread keeper = Thread.ofVirtual().name("redis-link").unstarted(this::keep);

    /** What it shares with others. */
    record Means(Backoff backoff, Troubles troubles, Claim claim) {}

    Link(Dialer dialer, RedisPace pace, Means means, LongSupplier nanoTime) {
        this.dialer = dialer;
        this.pace = pace;
        this.means = means;
        this.nanoTime = nanoTime;
        this.state = new LinkState(dialer.where() + " was not reached yet");
    }

    void start() {
        keeper.start();
    }

    String where() {
        return dialer.where();
    }

    /** Waits until there is a link; ends with the exception when it is closed for good. */
    Session await() throws InterruptedException {
        return state.await();
    }

    /** Waits so long, or until this session is over. */
    void pause(Session session, Duration most) throws InterruptedException {
        boolean _ = state.pause(session, most);
    }

    /** This session is of no use any more. */
    void broken(Session session, String why) {
        if (state.broken(session, why)) {
            session.end();
        }
    }

    /** Asks something short about a key; if Redis can't answer, says why. */
    <T extends @Nullable Object> T ask(String key, Function<Lane, T> question) throws BusException {
        Control control = state.now();
        try {
            return control.ask(question);
        } catch (RuntimeException e) {
            throw new BusException(
                    BusException.Kind.UNAVAILABLE, judge(control, e, key).reason(), e);
        }
    }

    private Trouble judge(Control control, RuntimeException e, String key) {
        var trouble = Trouble.of(e, dialer.where(), key);
        if (trouble instanceof Trouble.Broken) {
            broken(control.session(), trouble.reason());
        }
        return trouble;
    }

    /** Asked anew, by a ping. */
    Presence presence() {
        try {
            ask(Names.EPOCH, Epoch::look);
            Optional<String> trouble = means.troubles().first();
            return trouble.isPresent() ? new Presence.Away(KIND, trouble.get()) : new Presence.Connected(KIND);
        } catch (BusException e) {
            return new Presence.Away(KIND, String.valueOf(e.getMessage()));
        }
    }

    private void keep() {
        int failures = 0;
        try {
            while (true) {
                long begun = nanoTime.getAsLong();
                connectAndHold();
                boolean held =
                        nanoTime.getAsLong() - begun >= pace.backoff().proof().toNanos();
                failures = held ? 0 : failures + 1;
                state.rest(held ? Duration.ZERO : means.backoff().after(failures));
            }
        } catch (InterruptedException closing) {
            LOG.debug("The link is closed");
        }
    }

    private void connectAndHold() throws InterruptedException {
        try {
            Control control = new Control(dialer.connect(), pace.answer());
            try {
                var epoch = Epoch.begin(control, means.troubles(), dialer.where());
                means.claim().take(control, dialer.where());
                control.session().in(epoch.word());
                hold(control, epoch);
            } finally {
                broken(control.session(), "the link was closed");
                control.session().end();
            }
        } catch (RuntimeException e) {
            LOG.debug("No link", e);
            state.none(Trouble.of(e, dialer.where(), "").reason());
        }
    }

    private void hold(Control control, Epoch epoch) throws InterruptedException {
        state.made(control);
        LOG.info("Connected to {}", dialer.where());
        while (state.pause(control.session(), pace.look())) {
            try {
                if (!control.ask(epoch::holds)) {
                    broken(control.session(), dialer.where() + " lost what it had");
                }
                means.claim().take(control, dialer.where());
            } catch (RuntimeException e) {
                judge(control, e, Names.EPOCH);
            }
        }
    }

    @Override
    public void close() {
        state.current().ifPresent(means.claim()::release);
        state.close().ifPresent(last -> last.session().end());
        keeper.interrupt();
    }
}
