package dev.steward.bus.ledger;

import dev.steward.bus.Acknowledgement;
import dev.steward.bus.BusException;
import dev.steward.bus.Found;
import dev.steward.bus.Heading;
import dev.steward.bus.OrderRow;
import dev.steward.bus.OrderState;
import dev.steward.bus.Result;
import dev.steward.bus.WorkOrder;
import java.sql.SQLException;
import java.util.Optional;

/** What receivers say of orders, here and elsewhere. */
final class Arriving {
    private final boolean linked;

    /** @param linked whether somebody sends to other nodes what receivers here say */
    Arriving(boolean linked) {
        this.linked = linked;
    }

    /** What came of an acknowledgement. */
    sealed interface Word {
        /**
         * It made the order delivered.
         *
         * @param spooled the file of the spool that nobody needs any more
         */
        record First(Optional<String> spooled) implements Word {}

        /** The order was delivered before. */
        record Again() implements Word {}

        /** It is not one of the order; that is owed to the audit trail, and nothing else was done. */
        record Refused(String reason) implements Word {
            BusException exception() {
                return Checks.refused("the acknowledgement was refused: " + reason);
            }
        }
    }

    /** An order that a receiver here has. */
    Command<Word> arrived(WorkOrder order, Acknowledgement acknowledgement) {
        var hashes = new OrderRow.Hashes(order.sha256(), order.body().sha256());
        return in -> here(in, order.heading(), hashes, order.body().size(), OrderRow.Origin.BUS, acknowledgement);
    }

    /** A folder that a receiver here found. */
    Command<Word> found(Found found, Acknowledgement acknowledgement) {
        return in ->
                here(in, found.heading(), found.hashes(), found.bodySize(), OrderRow.Origin.FOUND, acknowledgement);
    }

    private Word here(
            Transaction in,
            Heading heading,
            OrderRow.Hashes hashes,
            long bodySize,
            OrderRow.Origin origin,
            Acknowledgement acknowledgement)
            throws SQLException {
        var known = Orders.like(in.on(), heading.id());
        if (origin == OrderRow.Origin.FOUND
                && known.filter(row -> lies(row, heading)).isPresent()) {
            // Whoever works on it may change its folder.
            return new Word.Again();
        }
        var wrong = Checks.mismatch(heading, hashes, acknowledgement)
                .or(() -> known.flatMap(row -> difference(heading, hashes, row)));
        if (wrong.isPresent()) {
            // A folder is looked at again and again, and nobody claims that it came over the bus.
            return origin == OrderRow.Origin.FOUND
                    ? new Word.Refused(wrong.get())
                    : refuse(in, acknowledgement, wrong.get());
        }
        if (known.isEmpty()) {
            long seq = Orders.insert(in, heading, hashes, bodySize, origin, OrderState.DELIVERED);
            Orders.acknowledge(in, seq, acknowledgement, true);
            if (origin == OrderRow.Origin.FOUND) {
                in.owe("wo_found", Records.known(heading, hashes));
            } else {
                in.owe("wo_delivered", Records.acknowledged(heading.from(), acknowledgement));
                send(in, seq);
            }
            return new Word.First(Optional.empty());
        }
        if (known.get().acknowledged()) {
            if (origin == OrderRow.Origin.BUS && known.get().row().origin() != OrderRow.Origin.FOUND) {
                // It was sent again, so the sender has not heard of it.
                send(in, known.get().seq());
            }
            return new Word.Again();
        }
        var first = deliver(in, known.get(), acknowledgement, true);
        in.owe("wo_delivered", Records.acknowledged(heading.from(), acknowledgement));
        send(in, known.get().seq());
        return first;
    }

    private static boolean lies(Kept known, Heading heading) {
        return known.here()
                && known.id().equals(heading.id())
                && known.row().heading().inbox().equals(heading.inbox());
    }

    private void send(Transaction in, long seq) throws SQLException {
        if (linked) {
            Sending.add(in, Sending.ACKED, seq);
        }
    }

    /** How an order differs from the one that is known by its id; empty if it is that one. */
    static Optional<String> difference(Heading heading, OrderRow.Hashes hashes, Kept known) {
        if (!known.id().equals(heading.id())) {
            return Optional.of(
                    "the id " + heading.id() + " differs from that of the order " + known.id() + " in case only");
        }
        if (!known.row().heading().inbox().equals(heading.inbox())) {
            return Optional.of("the order " + heading.id() + " that is known here is of the inbox "
                    + known.row().heading().to());
        }
        return known.row().hashes().equals(hashes)
                ? Optional.empty()
                : Optional.of("the order " + heading.id() + " that is known here has other checksums");
    }

    private static Word refuse(Transaction in, Acknowledgement acknowledgement, String reason) throws SQLException {
        in.owe("ack_refused", Records.refused(acknowledgement, reason));
        return new Word.Refused(reason);
    }

    private static Word deliver(Transaction in, Kept known, Acknowledgement acknowledgement, boolean here)
            throws SQLException {
        var next = known.delivered();
        Orders.acknowledge(in, known.seq(), acknowledgement, here);
        if (next != known.row().state()) {
            Orders.state(in, known, next, "");
        }
        Sending.remove(in.on(), Sending.QUARANTINED, known.seq());
        var spooled = Orders.dropPayload(in.on(), known.seq());
        if (known.row().origin() == OrderRow.Origin.DROPPED_HERE) {
            Hearing.add(in, Heading.inbox(known.row().heading().from()), known.seq());
        }
        return new Word.First(spooled);
    }

    /** A receiver elsewhere has an order that was dropped here. */
    Command<Word> acknowledged(Acknowledgement acknowledgement) {
        return in -> {
            var known = Orders.find(in.on(), acknowledgement.id())
                    .filter(each -> each.row().origin() == OrderRow.Origin.DROPPED_HERE);
            var wrong = known.isEmpty()
                    ? Optional.of("no order of this id was dropped here")
                    : Checks.mismatch(
                            known.get().row().heading(), known.get().row().hashes(), acknowledgement);
            if (wrong.isPresent()) {
                return refuse(in, acknowledgement, wrong.get());
            }
            if (known.get().acknowledged()) {
                return new Word.Again();
            }
            return deliver(in, known.get(), acknowledgement, false);
        };
    }

    /** Somebody elsewhere answered an order that was dropped here. */
    static Command<Boolean> answered(String id, Result result) {
        return in -> {
            var known = Orders.find(in.on(), id)
                    .filter(each -> each.row().origin() == OrderRow.Origin.DROPPED_HERE && !each.here());
            if (known.isEmpty() || known.get().row().result().equals(Optional.of(result))) {
                return false;
            }
            Orders.result(in.on(), known.get().seq(), result);
            in.touch(Heading.inbox(known.get().row().heading().from()));
            // Before its acknowledgement it may not end: were the result a forged one, the order would never be
            // delivered.
            if (known.get().acknowledged()) {
                Orders.state(in, known.get(), result.success() ? OrderState.DONE : OrderState.DEAD, result.reason());
                in.owe(
                        result.success() ? "wo_done" : "wo_dead",
                        Records.answered(known.get().row().heading(), result));
            }
            return true;
        };
    }
}
