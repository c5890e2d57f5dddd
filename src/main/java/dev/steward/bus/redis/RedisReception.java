package dev.steward.bus.redis;

import dev.steward.bus.Acknowledgement;
import dev.steward.bus.Bus;
import dev.steward.bus.BusException;
import dev.steward.bus.Found;
import dev.steward.bus.OrderRow;
import dev.steward.bus.OrderState;
import dev.steward.bus.WorkOrder;
import dev.steward.bus.ledger.Ledger;
import dev.steward.bus.ledger.Standing;
import dev.steward.bus.redis.Settlements.Settlement;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/** One receiver of an inbox; several of one node share a feed. */
final class RedisReception implements Bus.Reception {
    private static final Logger LOG = LoggerFactory.getLogger(RedisReception.class);

    /** What the bus lends to its receivers. */
    record Means(Ledger ledger, Settlements settlements, Link link) {}

    private final Feed feed;
    private final Means means;
    private final Runnable left;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** @param left called once, when it is closed */
    RedisReception(Feed feed, Means means, Runnable left) {
        this.feed = feed;
        this.means = means;
        this.left = left;
    }

    @Override
    public List<WorkOrder> take(int most, Duration wait) throws BusException, InterruptedException {
        return feed.shelf().take(this, most, wait);
    }

    @Override
    public boolean acknowledge(WorkOrder order, Acknowledgement acknowledgement) throws BusException {
        if (!feed.isSure()) {
            try {
                ask();
            } catch (BusException e) {
                // It lies in the inbox, and that is the truth, whoever else may have it.
                LOG.debug("Who has {} can't be asked", order.id(), e);
            }
        }
        if (isTakenOver(order.id())) {
            throw new BusException(
                    BusException.Kind.REFUSED,
                    "another receiver was given " + order.id() + ", since this one stood still for too long");
        }
        boolean first = means.ledger().arrived(order, acknowledgement);
        settle(order.id());
        return first;
    }

    @Override
    public void quarantine(WorkOrder order, String reason) throws BusException {
        means.ledger().quarantined(order, reason);
        settle(order.id());
    }

    @Override
    public boolean found(Found found, Acknowledgement acknowledgement) throws BusException {
        boolean first = means.ledger().found(found, acknowledgement);
        settle(found.heading().id());
        return first;
    }

    /** As long as it can't be known whether another receiver was given the order, {@code UNAVAILABLE}. */
    @Override
    public boolean delivered(String id) throws BusException {
        var known = means.ledger().standing(id);
        if (known.filter(Standing::acknowledged).isPresent()) {
            return true;
        }
        if (!feed.shelf().has(id)) {
            return false;
        }
        if (!feed.isSure()) {
            ask();
        }
        return isTakenOver(id) || isWithdrawn(id, known);
    }

    /** Of an order that was dropped here, the ledger knows; for another one, Redis is asked. */
    private boolean isWithdrawn(String id, Optional<Standing> known) {
        boolean withdrawn = known.filter(order -> order.origin() == OrderRow.Origin.DROPPED_HERE)
                .map(order -> order.state() != OrderState.DROPPED)
                .orElseGet(() -> isMarked(id));
        if (withdrawn) {
            settle(id);
        }
        return withdrawn;
    }

    /** As well as it can be known: a sender that withdraws an order has no promise that nobody delivered it. */
    private boolean isMarked(String id) {
        var key = Names.withdrawn(feed.group().inbox(), id);
        try {
            return means.link()
                    .ask(key, lane -> Reply.number(lane.ask(key, new CommandArguments(Command.EXISTS).add(key))) > 0);
        } catch (BusException e) {
            LOG.debug("Whether {} was withdrawn can't be asked", id, e);
            return false;
        }
    }

    /** Only one who stood still for long has to ask. */
    private void ask() throws BusException {
        means.link().ask(feed.group().stream(), lane -> {
            feed.renew(lane);
            return true;
        });
    }

    /** If so, it is forgotten here, so that it can come again should the other one die. */
    private boolean isTakenOver(String id) {
        boolean lost = feed.shelf().isLost(id);
        if (lost) {
            feed.shelf().remove(id).ifPresent(this::discard);
        }
        return lost;
    }

    /** Whether what is held here can be delivered by nobody else. */
    boolean isSure() {
        return feed.isSure();
    }

    private void settle(String id) {
        var settled = feed.shelf().remove(id);
        if (settled.isEmpty()) {
            return;
        }
        means.settlements()
                .add(new Settlement(feed.group().inbox(), id, settled.get().entries(), Optional.empty()));
        discard(settled.get());
    }

    private void discard(Shelf.Settled settled) {
        try {
            Bodies.discard(settled.order().body());
        } catch (IOException e) {
            LOG.warn(
                    "The payload of {} stays in the spool until the next start: {}",
                    settled.order().id(),
                    e.getMessage());
        }
    }

    boolean isClosed() {
        return closed.get();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            feed.shelf().giveBack(this);
            left.run();
        }
    }
}
