package dev.steward.bus.redis;

import dev.steward.bus.BusException;
import dev.steward.bus.ledger.Ledger;
import org.jspecify.annotations.Nullable;

/**
 * Sends what the ledger owes to other nodes, in its order, many at once; and removes from Redis what nobody needs any more. The ledger
 * keeps an order until it is acknowledged, so whatever Redis loses is sent again.
 */
final class Sender implements Worker.Job {
    private static final String ORDERS = "orders to send";
    private static final String LISTENERS = "messages to listeners";

    /** At most so many, each of which may have 64 KiB and an envelope, are in memory. */
    private static final int AT_ONCE = 64;

    private static final int SETTLED_AT_ONCE = 256;

    private final Ledger ledger;
    private final Shipment shipment;
    private final Settlements settlements;
    private final Timer timer;
    private final Troubles troubles;
    private @Nullable Session last;

    /** Whether what is outgoing may be in Redis already. */
    private boolean again;

    private boolean parked;

    Sender(Ledger ledger, Shipment shipment, Settlements settlements, Timer timer, Troubles troubles) {
        this.ledger = ledger;
        this.shipment = shipment;
        this.settlements = settlements;
        this.timer = timer;
        this.troubles = troubles;
    }

    @Override
    public void work(Lane lane, Worker.Progress progress) throws BusException, InterruptedException {
        if (lane.session() != last) {
            begin();
            last = lane.session();
            last.whenEnded(settlements::wake);
        }
        while (!lane.session().ended()) {
            if (timer.left().isZero()) {
                begin();
            }
            var settled = settlements.take(SETTLED_AT_ONCE);
            var outgoing = ledger.outgoing(AT_ONCE);
            if (outgoing.isEmpty() && settled.isEmpty()) {
                nothingLeft();
                progress.fine();
                settlements.await(timer.left());
            } else {
                ship(lane, new Shipment.Load(outgoing, settled, again));
                progress.fine();
            }
        }
    }

    private void begin() throws BusException {
        ledger.sendAgain();
        again = true;
        parked = false;
        timer.begin();
    }

    private void nothingLeft() {
        if (again && !parked) {
            timer.fine();
            troubles.over(ORDERS);
        }
        again = false;
    }

    private void ship(Lane lane, Shipment.Load load) throws BusException {
        var outcome = new Shipment.Outcome();
        boolean done = false;
        try {
            shipment.ship(lane, load, outcome);
            done = true;
        } finally {
            if (!done) {
                settlements.putBack(load.settled());
            }
            if (!outcome.gone().isEmpty()) {
                // What one key refused too: it must not stand in the way of the others, and is outgoing again a little
                // later.
                ledger.sent(outcome.gone());
            }
            outcome.parked().ifPresent(this::park);
            outcome.unheard().ifPresentOrElse(reason -> troubles.tell(LISTENERS, reason), () -> {
                if (!load.outgoing().isEmpty()) {
                    troubles.over(LISTENERS);
                }
            });
        }
    }

    private void park(String reason) {
        parked = true;
        timer.soon();
        troubles.tell(ORDERS, reason);
    }
}
