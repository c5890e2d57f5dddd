package dev.steward.bus.redis;

import dev.steward.bus.Body;
import dev.steward.bus.BusException;
import dev.steward.bus.ledger.OrderBook;
import dev.steward.bus.ledger.Outgoing;
import dev.steward.bus.redis.Lane.Request;
import dev.steward.bus.redis.Settlements.Settlement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/** Puts into Redis what the sender has for it: small things all at once, then large bodies one by one, then what is settled. */
final class Shipment {
    /**
     * What is to be put.
     *
     * @param again whether orders may be there already
     */
    record Load(List<Outgoing> outgoing, List<Settlement> settled, boolean again) {}

    /**
     * From where to where.
     *
     * @param where which Redis, for people
     */
    record Place(String node, String where) {}

    private final OrderBook ledger;
    private final Place place;
    private final Bodies bodies;
    private final RedisPace pace;

    Shipment(OrderBook ledger, Place place, Bodies bodies, RedisPace pace) {
        this.ledger = ledger;
        this.place = place;
        this.bodies = bodies;
        this.pace = pace;
    }

    /** Where to, for people. */
    String where() {
        return place.where();
    }

    void ship(Lane lane, Load load, Shipped shipped) throws BusException {
        var large = new ArrayList<Outgoing.Order>();
        var small = new ArrayList<Outgoing>();
        for (var each : load.again() ? missing(lane, load.outgoing(), shipped) : load.outgoing()) {
            if (each instanceof Outgoing.Order order && isLarge(order)) {
                large.add(order);
            } else {
                small.add(each);
            }
        }
        put(lane, small, shipped);
        for (var order : large) {
            putLarge(lane, order, shipped);
        }
        settle(lane, load.settled(), shipped);
    }

    private static boolean isLarge(Outgoing.Order order) {
        return order.order().body().content() instanceof Body.Content.Spooled;
    }

    /** Without the orders that are there, so that their bodies do not travel once more. */
    private List<Outgoing> missing(Lane lane, List<Outgoing> outgoing, Shipped shipped) {
        var orders = outgoing.stream()
                .filter(Outgoing.Order.class::isInstance)
                .map(Outgoing.Order.class::cast)
                .toList();
        var answers = lane.askAll(orders.stream()
                .map(order ->
                        Requests.present(order.order(), pace.keep().bodies().toMillis()))
                .toList());
        var rest = new ArrayList<>(outgoing);
        for (int i = 0; i < orders.size(); i++) {
            // An error comes again when it is put there, and is judged then.
            if (answers.get(i).getFirst() instanceof Long there && there == 1) {
                rest.remove(orders.get(i));
                shipped.put(orders.get(i));
            }
        }
        return rest;
    }

    private void put(Lane lane, List<Outgoing> small, Shipped shipped) throws BusException {
        var firsts = new ArrayList<Request>();
        var seconds = new ArrayList<Request>();
        for (var each : small) {
            var requests = requests(each);
            firsts.add(requests.getFirst());
            seconds.addAll(requests.subList(1, requests.size()));
        }
        var all = new ArrayList<>(firsts);
        all.addAll(seconds);
        var answers = lane.askAll(all);
        Trouble.Told failure = null;
        for (int i = 0; i < small.size(); i++) {
            var trouble = trouble(firsts.get(i), answers.get(i));
            if (trouble.isEmpty()) {
                arrived(small.get(i), answers.get(i).getFirst(), shipped);
            } else if (trouble.get() instanceof Trouble.Key(var reason)) {
                refused(small.get(i), reason, shipped);
            } else if (failure == null) {
                failure = new Trouble.Told(trouble.get());
            }
        }
        for (int i = small.size(); i < all.size(); i++) {
            trouble(all.get(i), answers.get(i)).ifPresent(trouble -> shipped.unheard(trouble.reason()));
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static void arrived(Outgoing each, @Nullable Object answer, Shipped shipped) {
        if (each instanceof Outgoing.Order order && Long.valueOf(Scripts.TAKEN).equals(answer)) {
            shipped.taken(order);
        } else {
            shipped.put(each);
        }
    }

    /** One key that refuses must not stand in the way of others. An order becomes outgoing again by itself, a message doesn't. */
    private static void refused(Outgoing each, String reason, Shipped shipped) {
        switch (each) {
            case Outgoing.Order order -> shipped.park(order, reason);
            case Outgoing.Acked _, Outgoing.Answered _, Outgoing.Quarantined _, Outgoing.Withdrawn _ ->
                shipped.refuse(each, reason);
        }
    }

    private List<Request> requests(Outgoing each) throws BusException {
        return switch (each) {
            case Outgoing.Acked acked -> Requests.tell(acked.acknowledgement());
            case Outgoing.Order order -> List.of(Requests.put(order.order(), place.node()));
            case Outgoing.Quarantined(var _, var id, var hashes, var reason) ->
                List.of(Requests.tell(new QuarantineEntry.Read(id, place.node(), hashes, reason)));
            case Outgoing.Withdrawn(var _, var id, var inbox) ->
                List.of(Requests.withdraw(inbox, id, pace.keep().bodies().toMillis()));
            case Outgoing.Answered answered -> {
                var hash = ledger.order(answered.id())
                        .map(row -> row.hashes().wo())
                        .orElse("");
                yield Requests.tell(new ResultEntry.Read(answered.id(), place.node(), hash, answered.result()));
            }
        };
    }

    private Optional<Trouble> trouble(Request request, List<@Nullable Object> answers) {
        return answers.getFirst() instanceof JedisDataException e
                ? Optional.of(Trouble.of(e, place.where(), request.key()))
                : Optional.empty();
    }

    /** One that finds no room must not keep all others from theirs. */
    private void putLarge(Lane lane, Outgoing.Order order, Shipped shipped) throws BusException {
        if (!(order.order().body().content() instanceof Body.Content.Spooled(Path file))) {
            return;
        }
        try {
            var there = lane.askAll(List.of(
                            Requests.present(order.order(), pace.keep().bodies().toMillis())))
                    .getFirst();
            if (!(there.getFirst() instanceof Long yes && yes == 1)) {
                bodies.send(lane, order.order(), file);
                put(lane, List.of(order), shipped);
            } else {
                shipped.put(order);
            }
        } catch (IOException e) {
            shipped.leave(
                    order,
                    "the payload of " + order.order().id() + " can't be read, so it waits here: " + e.getMessage());
        } catch (JedisDataException e) {
            var trouble = Trouble.of(
                    e,
                    place.where(),
                    Names.body(order.order().heading().to(), order.order().id()));
            if (trouble instanceof Trouble.Broken) {
                throw new Trouble.Told(trouble);
            }
            String reason = "the payload of " + order.order().id() + ", "
                    + order.order().body().size() + " bytes: " + trouble.reason();
            bodies.withdraw(lane, order.order());
            if (trouble instanceof Trouble.Refusing && bodies.findsRoom(lane, order.order())) {
                shipped.leave(order, reason);
            } else {
                shipped.park(order, reason);
            }
        }
    }

    private void settle(Lane lane, List<Settlement> settled, Shipped shipped) throws BusException {
        var before = settled.stream().filter(each -> each.again().isPresent()).toList();
        var tell = new ArrayList<Request>();
        for (var each : before) {
            tell.add(requests(each.again().orElseThrow()).getFirst());
        }
        judge(before, tell, lane.askAll(tell), shipped);
        var left = new ArrayList<>(settled);
        left.removeAll(shipped.unsettled());
        var settle = left.stream().map(Requests::settle).toList();
        judge(left, settle, lane.askAll(settle), shipped);
    }

    private void judge(
            List<Settlement> settled, List<Request> requests, List<List<@Nullable Object>> answers, Shipped shipped) {
        for (int i = 0; i < requests.size(); i++) {
            var trouble = trouble(requests.get(i), answers.get(i));
            if (trouble.isPresent() && trouble.get() instanceof Trouble.Key(var reason)) {
                shipped.keep(settled.get(i), reason);
            } else if (trouble.isPresent()) {
                throw new Trouble.Told(trouble.get());
            }
        }
    }
}
