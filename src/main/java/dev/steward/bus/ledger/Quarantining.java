package dev.steward.bus.ledger;

import dev.steward.bus.OrderRow;
import dev.steward.bus.OrderState;
import dev.steward.bus.WorkOrder;
import java.sql.SQLException;

/** What receivers say of orders that are not what was sent, here and elsewhere. */
final class Quarantining {
    private final boolean linked;

    /** @param linked whether somebody sends to other nodes what receivers here say */
    Quarantining(boolean linked) {
        this.linked = linked;
    }

    /** A receiver here found an order to be not what was sent. */
    Command<Boolean> here(WorkOrder order, String reason) {
        var hashes = new OrderRow.Hashes(order.sha256(), order.body().sha256());
        return in -> {
            var heading = order.heading();
            var known = Orders.like(in.on(), heading.id());
            if (known.isEmpty()) {
                Orders.insert(in, heading, hashes, order.body().size(), OrderRow.Origin.BUS, OrderState.DROPPED);
                known = Orders.find(in.on(), heading.id());
            } else if (Arriving.difference(heading, hashes, known.get()).isPresent()) {
                return false;
            }
            tellQuarantine(in, known.orElseThrow());
            if (known.get().row().state() != OrderState.DROPPED) {
                // One that was delivered stays so, whatever came under its name later.
                return false;
            }
            hold(in, known.get(), reason);
            in.owe(
                    "wo_quarantined",
                    Records.of(
                            heading,
                            "from",
                            heading.from(),
                            "reason",
                            reason,
                            "sha256_wo",
                            hashes.wo(),
                            "sha256_body",
                            hashes.body()));
            return true;
        };
    }

    /** Again too: it was sent again, so the sender has not heard of it, or wanted one more try. */
    private void tellQuarantine(Transaction in, Kept known) throws SQLException {
        boolean bad = known.row().state() == OrderState.DROPPED || known.quarantined();
        if (linked && bad && known.row().origin() == OrderRow.Origin.BUS) {
            Sending.add(in, Sending.QUARANTINED, known.seq());
        }
    }

    private static void hold(Transaction in, Kept known, String reason) throws SQLException {
        Orders.state(in, known, OrderState.DEAD, reason);
        in.on().update("UPDATE wo SET quarantined = 1 WHERE seq = ?", known.seq());
        Sending.remove(in.on(), Sending.ORDER, known.seq());
    }

    /** A receiver elsewhere put an order that was dropped here into quarantine. */
    static Command<Boolean> elsewhere(String id, String node, String reason) {
        return in -> {
            var known = Orders.find(in.on(), id)
                    .filter(each -> each.row().origin() == OrderRow.Origin.DROPPED_HERE
                            && each.row().state() == OrderState.DROPPED);
            if (known.isEmpty()) {
                return false;
            }
            hold(in, known.get(), "put into quarantine on " + node + ": " + reason);
            var row = known.get().row();
            in.owe(
                    "wo_quarantined",
                    Records.of(
                            row.heading(),
                            "from",
                            row.heading().from(),
                            "node",
                            node,
                            "reason",
                            reason,
                            "sha256_wo",
                            row.hashes().wo(),
                            "sha256_body",
                            row.hashes().body()));
            return true;
        };
    }
}
