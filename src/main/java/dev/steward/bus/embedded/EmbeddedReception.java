package dev.steward.bus.embedded;

import dev.steward.bus.Acknowledgement;
import dev.steward.bus.Bus;
import dev.steward.bus.BusException;
import dev.steward.bus.Found;
import dev.steward.bus.OrderState;
import dev.steward.bus.WorkOrder;
import dev.steward.bus.ledger.Ledger;
import dev.steward.bus.ledger.Standing;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Takes an inbox's orders from the ledger. */
final class EmbeddedReception implements Bus.Reception {
    private final String inbox;
    private final Ledger ledger;
    private final Claims claims;
    private final Consumer<EmbeddedReception> left;
    private final Waiting waiting;
    private final Set<String> mine = ConcurrentHashMap.newKeySet();

    /** @param left is told when this was closed */
    EmbeddedReception(String inbox, Ledger ledger, Claims claims, Consumer<EmbeddedReception> left) {
        this.inbox = inbox;
        this.ledger = ledger;
        this.claims = claims;
        this.left = left;
        this.waiting = new Waiting("the reception of the inbox " + inbox, ledger, inbox);
    }

    @Override
    public List<WorkOrder> take(int most, Duration wait) throws BusException, InterruptedException {
        return waiting.until(wait, () -> {
            // Those that are not claimed yet; another one may claim them in between, and then there may be more.
            while (true) {
                var orders = ledger.waiting(inbox, most, claims.of(inbox));
                var taken = claim(orders);
                if (!taken.isEmpty() || orders.isEmpty()) {
                    return taken;
                }
            }
        });
    }

    /** Together with closing, since what a closed one has nobody else is given. */
    private synchronized List<WorkOrder> claim(List<WorkOrder> orders) throws BusException {
        waiting.check();
        var taken = claims.claim(inbox, orders);
        taken.forEach(order -> mine.add(order.id()));
        return taken;
    }

    @Override
    public boolean acknowledge(WorkOrder order, Acknowledgement acknowledgement) throws BusException {
        boolean first = ledger.arrived(order, acknowledgement);
        done(order.id());
        return first;
    }

    @Override
    public void quarantine(WorkOrder order, String reason) throws BusException {
        ledger.quarantined(order, reason);
        done(order.id());
    }

    @Override
    public boolean found(Found found, Acknowledgement acknowledgement) throws BusException {
        boolean first = ledger.found(found, acknowledgement);
        done(found.heading().id());
        return first;
    }

    // Should somebody have it delivered once more, it may be given once more.
    private void done(String id) {
        if (mine.remove(id)) {
            claims.giveBack(inbox, List.of(id));
        }
    }

    @Override
    public boolean delivered(String id) throws BusException {
        var known = ledger.standing(id);
        if (known.filter(Standing::acknowledged).isPresent()) {
            return true;
        }
        // What was given and waits no more was withdrawn.
        boolean withdrawn = mine.contains(id)
                && known.filter(order -> order.state() == OrderState.DROPPED).isEmpty();
        if (withdrawn) {
            done(id);
        }
        return withdrawn;
    }

    void again() {
        waiting.again();
    }

    @Override
    public synchronized void close() {
        if (waiting.close()) {
            claims.giveBack(inbox, mine);
            left.accept(this);
        }
    }
}
