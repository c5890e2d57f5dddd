package dev.steward.bus.redis;

import dev.steward.bus.ledger.Outgoing;
import dev.steward.bus.redis.Settlements.Settlement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of a shipment, as far as it got. For one thread. */
final class Shipped {
    private final List<Long> gone = new ArrayList<>();
    private final Map<String, String> left = new LinkedHashMap<>();
    private final List<String> taken = new ArrayList<>();
    private final List<Outgoing> refused = new ArrayList<>();
    private final List<Settlement> unsettled = new ArrayList<>();
    private @Nullable String parked;
    private @Nullable String refusal;
    private @Nullable String unheard;

    /** It is there. */
    void put(Outgoing each) {
        gone.add(each.seq());
    }

    /** This order can't be put there, others can. */
    void leave(Outgoing.Order order, String reason) {
        gone.add(order.seq());
        left.put(order.order().id(), reason);
    }

    /** Another order of its id is on its way to the same inbox. */
    void taken(Outgoing.Order order) {
        gone.add(order.seq());
        taken.add(order.order().id());
    }

    /** No order can be put there at the moment. */
    void park(Outgoing.Order order, String reason) {
        gone.add(order.seq());
        parked = reason;
    }

    /** A key refuses this message. */
    void refuse(Outgoing message, String reason) {
        refused.add(message);
        refusal = reason;
    }

    /** A key that is needed to settle this refuses. */
    void keep(Settlement settlement, String reason) {
        unsettled.add(settlement);
        refusal = reason;
    }

    /** Listeners that are no part of Steward were not told. */
    void unheard(String reason) {
        unheard = reason;
    }

    /** What need not be asked for again now: it is there, or can't be put there. */
    List<Long> gone() {
        return gone;
    }

    /** Ids that other orders have there. */
    List<String> taken() {
        return taken;
    }

    /** Why orders can't be put there at the moment. */
    Optional<String> parked() {
        return Optional.ofNullable(parked);
    }

    /** Orders that can't be put there though others can, by their ids, and why. */
    Map<String, String> left() {
        return left;
    }

    /** Messages that a key refused, which are of no use before it takes some. */
    List<Outgoing> refused() {
        return refused;
    }

    /** What can't be settled for the same reason. */
    List<Settlement> unsettled() {
        return unsettled;
    }

    /** Why messages are refused, or something can't be settled. */
    Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** Why listeners that are no part of Steward were not told. */
    Optional<String> unheard() {
        return Optional.ofNullable(unheard);
    }
}
