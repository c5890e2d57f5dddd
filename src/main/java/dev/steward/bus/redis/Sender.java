package dev.steward.bus.redis;

import dev.steward.bus.BusException;
import dev.steward.bus.ledger.Ledger;
import dev.steward.bus.ledger.Outgoing;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends what the ledger owes to other nodes, in its order, many at once; and removes from Redis what nobody needs any more. The ledger
 * keeps an order until it is acknowledged, so whatever Redis loses is sent again.
 */
final class Sender implements Worker.Job {
    private static final String ORDERS = "orders to send";
    private static final String MESSAGES = "messages to other nodes";
    private static final String TAKEN = "another order has this id there. Choose another id";
    private static final String LISTENERS = "messages to listeners";

    /** At most so many, each of which may have 64 KiB and an envelope, are in memory. */
    private static final int AT_ONCE = 64;

    private static final int SETTLED_AT_ONCE = 256;

    /**
     * What it needs to know.
     *
     * @param orders when orders that nobody acknowledged are looked for
     * @param messages when messages that Redis refused are tried again
     * @param single troubles of single orders, which hinder nobody else
     */
    record Means(Timer orders, Timer messages, Troubles troubles, Troubles single) {}

    private final Ledger ledger;
    private final Shipment shipment;
    private final Retelling retelling;
    private final Settlements settlements;
    private final Means means;

    /** Kinds of messages that Redis refuses now. */
    private final Set<Outgoing.Kind> refused = EnumSet.noneOf(Outgoing.Kind.class);

    private @Nullable Session last;

    /** Whether what is outgoing may be in Redis already. */
    private boolean again;

    private boolean parked;

    /** Orders that could not be sent for a reason of their own, since all were tried. */
    private final Set<String> left = new HashSet<>();

    /** Whether a message, or something to settle, was refused since all were tried. */
    private boolean hindered;

    Sender(Ledger ledger, Shipment shipment, Retelling retelling, Settlements settlements, Means means) {
        this.ledger = ledger;
        this.shipment = shipment;
        this.retelling = retelling;
        this.settlements = settlements;
        this.means = means;
    }

    @Override
    public void work(Lane lane, Worker.Progress progress) throws BusException, InterruptedException {
        if (lane.session() != last) {
            begin();
            tryMessages();
            retelling.begin(lane.session().epoch());
            last = lane.session();
            last.whenEnded(settlements::wake);
        }
        while (!lane.session().ended()) {
            if (means.orders().left().isZero()) {
                begin();
            }
            if (means.messages().left().isZero()) {
                tryMessages();
            }
            var settled = settlements.take(SETTLED_AT_ONCE);
            var outgoing = ledger.outgoing(AT_ONCE, refused);
            if (outgoing.isEmpty() && settled.isEmpty()) {
                nothingLeft();
                progress.fine();
                settlements.await(left());
            } else {
                ship(lane, new Shipment.Load(outgoing, settled, again));
                progress.fine();
            }
        }
    }

    private Duration left() {
        var orders = means.orders().left();
        var messages = means.messages().left();
        return orders.compareTo(messages) < 0 ? orders : messages;
    }

    private void begin() throws BusException {
        ledger.sendAgain();
        again = true;
        parked = false;
        left.clear();
        means.orders().begin();
    }

    private void tryMessages() {
        settlements.release();
        refused.clear();
        hindered = false;
        means.messages().begin();
    }

    private void nothingLeft() throws BusException {
        if (again) {
            means.single().keep(left);
        }
        if (again && !parked) {
            means.troubles().over(ORDERS);
        }
        if (again && !parked && left.isEmpty()) {
            means.orders().fine();
        }
        again = false;
        if (!hindered) {
            means.messages().fine();
            means.troubles().over(MESSAGES);
            retelling.done();
        }
    }

    private void ship(Lane lane, Shipment.Load load) throws BusException {
        var shipped = new Shipped();
        boolean done = false;
        try {
            shipment.ship(lane, load, shipped);
            done = true;
        } finally {
            if (!done) {
                settlements.putBack(load.settled());
            }
            if (!shipped.gone().isEmpty()) {
                // What one key refused too: it must not stand in the way of the others, and is outgoing again a little
                // later.
                ledger.sent(shipped.gone());
            }
            for (var id : shipped.taken()) {
                ledger.quarantinedElsewhere(id, shipment.where(), TAKEN);
            }
            shipped.parked().ifPresent(this::park);
            shipped.left().forEach(this::leave);
            hinder(shipped, done);
            shipped.unheard().ifPresentOrElse(reason -> means.troubles().tell(LISTENERS, reason), () -> {
                if (!load.outgoing().isEmpty()) {
                    means.troubles().over(LISTENERS);
                }
            });
        }
    }

    private void park(String reason) {
        parked = true;
        means.orders().soon();
        means.troubles().tell(ORDERS, reason);
    }

    private void leave(String id, String reason) {
        left.add("order " + id);
        means.orders().soon();
        means.single().tell("order " + id, reason);
    }

    private void hinder(Shipped shipped, boolean done) throws BusException {
        if (shipped.refusal().isEmpty()) {
            return;
        }
        hindered = true;
        means.messages().soon();
        means.troubles().tell(MESSAGES, shipped.refusal().get());
        shipped.refused().forEach(each -> refused.add(each.kind()));
        if (done) {
            settlements.holdBack(shipped.unsettled());
        }
        if (!shipped.refused().isEmpty()) {
            ledger.sendLater(shipped.refused().stream().map(Outgoing::seq).toList());
        }
    }
}
