package dev.steward.bus.ledger;

import dev.steward.bus.Change;
import dev.steward.bus.Heading;
import dev.steward.bus.Lifecycle;
import dev.steward.bus.OrderRow;
import dev.steward.bus.OrderRow.Origin;
import dev.steward.bus.OrderState;
import dev.steward.bus.WorkOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a linked ledger should hold, said as simply as possible: lists in memory. What a call should give is a word. */
final class Model {
    final List<Known> orders = new ArrayList<>();
    private static final List<String> KINDS = List.of("acked", "quarantined", "answered", "withdrawn", "order");

    final List<String> events = new ArrayList<>();
    final List<Known> unheard = new ArrayList<>();
    final List<String> outgoing = new ArrayList<>();

    /** An order. */
    static final class Known {
        final WorkOrder order;
        final Origin origin;
        OrderState state;
        boolean acknowledged;
        boolean here;
        boolean payload;
        boolean quarantined;
        int attempt;
        boolean due = true;
        Optional<Boolean> result = Optional.empty();

        Known(WorkOrder order, Origin origin, OrderState state) {
            this.order = order;
            this.origin = origin;
            this.state = state;
        }

        String id() {
            return order.id();
        }

        boolean is(WorkOrder other) {
            return id().equals(other.id())
                    && order.heading().inbox().equals(other.heading().inbox())
                    && order.sha256().equals(other.sha256())
                    && order.body().sha256().equals(other.body().sha256());
        }
    }

    Optional<Known> like(String id) {
        return orders.stream().filter(each -> each.id().equalsIgnoreCase(id)).findFirst();
    }

    Optional<Known> find(String id) {
        return like(id).filter(each -> each.id().equals(id));
    }

    private Known add(WorkOrder order, Origin origin, OrderState state) {
        var known = new Known(order, origin, state);
        orders.add(known);
        return known;
    }

    private void send(String kind, Known known) {
        unsend(kind, known);
        outgoing.add(kind + " " + known.id());
    }

    /** In the order in which it is sent. */
    List<String> next() {
        return outgoing.stream()
                .sorted(Comparator.comparingInt((String each) -> KINDS.indexOf(each.substring(0, each.indexOf(' '))))
                        .thenComparing(this::priority))
                .toList();
    }

    private String priority(String sent) {
        return sent.startsWith("order ")
                ? find(sent.substring("order ".length()))
                        .orElseThrow()
                        .order
                        .heading()
                        .priority()
                : "";
    }

    private void unsend(String kind, Known known) {
        outgoing.remove(kind + " " + known.id());
    }

    String drop(WorkOrder order) {
        var like = like(order.id());
        if (like.isPresent()) {
            var known = like.get();
            return order.repeats(
                            known.order.heading(),
                            new OrderRow.Hashes(
                                    known.order.sha256(), known.order.body().sha256()))
                    ? "same " + known.state
                    : "conflict";
        }
        var known = add(order, Origin.DROPPED_HERE, OrderState.DROPPED);
        known.payload = true;
        events.add("wo_drop");
        send("order", known);
        return "new";
    }

    String arrived(WorkOrder order) {
        var known = like(order.id());
        if (known.filter(each -> !each.is(order)).isPresent()) {
            events.add("ack_refused");
            return "refused";
        }
        if (known.isEmpty()) {
            var made = add(order, Origin.BUS, OrderState.DELIVERED);
            made.acknowledged = true;
            made.here = true;
            events.add("wo_delivered");
            send("acked", made);
            return "true";
        }
        if (known.get().acknowledged) {
            if (known.get().origin != Origin.FOUND) {
                send("acked", known.get());
            }
            return "false";
        }
        deliver(known.get(), true);
        events.add("wo_delivered");
        send("acked", known.get());
        return "true";
    }

    String found(WorkOrder order) {
        var known = like(order.id());
        if (known.isEmpty()) {
            var made = add(order, Origin.FOUND, OrderState.DELIVERED);
            made.acknowledged = true;
            made.here = true;
            events.add("wo_found");
            return "true";
        }
        boolean same = known.get().id().equals(order.id())
                && known.get().order.heading().inbox().equals(order.heading().inbox());
        if (same && known.get().here) {
            return "false";
        }
        if (!known.get().is(order)) {
            return "refused";
        }
        if (known.get().acknowledged) {
            return "false";
        }
        deliver(known.get(), true);
        events.add("wo_delivered");
        send("acked", known.get());
        return "true";
    }

    private void deliver(Known known, boolean here) {
        known.acknowledged = true;
        known.here = here;
        known.payload = false;
        unsend("order", known);
        unsend("quarantined", known);
        if (known.state == OrderState.DROPPED || known.quarantined) {
            known.quarantined = false;
            known.state = known.result
                    .map(good -> good ? OrderState.DONE : OrderState.DEAD)
                    .orElse(OrderState.DELIVERED);
        }
        if (known.origin == Origin.DROPPED_HERE) {
            unheard.add(known);
        }
    }

    void quarantined(WorkOrder order) {
        var known = like(order.id());
        if (known.filter(each -> !each.is(order)).isPresent()) {
            return;
        }
        var bad = known.orElseGet(() -> add(order, Origin.BUS, OrderState.DROPPED));
        if (bad.origin == Origin.BUS && (bad.state == OrderState.DROPPED || bad.quarantined)) {
            send("quarantined", bad);
        }
        if (bad.state == OrderState.DROPPED) {
            hold(bad);
        }
    }

    void quarantinedElsewhere(String id) {
        find(id).filter(each -> each.origin == Origin.DROPPED_HERE && each.state == OrderState.DROPPED)
                .ifPresent(this::hold);
    }

    private void hold(Known bad) {
        bad.state = OrderState.DEAD;
        bad.quarantined = true;
        unsend("order", bad);
        events.add("wo_quarantined");
    }

    String acknowledged(WorkOrder order) {
        var known = find(order.id()).filter(each -> each.origin == Origin.DROPPED_HERE && each.is(order));
        if (known.isEmpty()) {
            events.add("ack_refused");
            return "false";
        }
        if (!known.get().acknowledged) {
            deliver(known.get(), false);
        }
        return "true";
    }

    void answered(String id, boolean good) {
        var mine = find(id).filter(each -> each.origin == Origin.DROPPED_HERE && !each.here);
        if (mine.isEmpty() || mine.get().result.equals(Optional.of(good))) {
            return;
        }
        mine.get().result = Optional.of(good);
        if (mine.get().acknowledged) {
            mine.get().state = good ? OrderState.DONE : OrderState.DEAD;
            events.add(good ? "wo_done" : "wo_dead");
        }
    }

    String change(String id, Change change) {
        var known = find(id);
        if (known.isEmpty()) {
            return "unknown";
        }
        var order = known.get();
        if (!(Lifecycle.next(order.state, order.acknowledged, change) instanceof Lifecycle.Next.To(var next))) {
            return "refused";
        }
        boolean work =
                change instanceof Change.Begin || change instanceof Change.Done || change instanceof Change.Failed;
        if ((work && !order.here) || (next == OrderState.DROPPED && !order.payload)) {
            return "refused";
        }
        order.state = next;
        order.quarantined = false;
        order.due = true;
        switch (change) {
            case Change.Begin _ -> {
                order.attempt++;
                events.add("wo_working");
            }
            case Change.Done _ -> answer(order, true);
            case Change.Failed failed -> {
                answer(order, false);
                order.due = failed.again().isEmpty();
            }
            case Change.Retry _ -> {
                order.result = Optional.empty();
                unsend("answered", order);
                unsend("withdrawn", order);
                if (next == OrderState.DROPPED) {
                    send("order", order);
                }
                events.add("wo_retry");
            }
            case Change.Cancel _ -> {
                withdraw(order);
                events.add("wo_cancelled");
            }
            case Change.Abandon _ -> {
                withdraw(order);
                events.add("wo_abandoned");
            }
        }
        return next.word();
    }

    private void withdraw(Known order) {
        unsend("order", order);
        if (order.origin == Origin.DROPPED_HERE && !order.acknowledged) {
            send("withdrawn", order);
        }
    }

    private void answer(Known order, boolean good) {
        order.result = Optional.of(good);
        events.add("wo_" + order.state.name().toLowerCase(Locale.ROOT));
        if (order.state.isEnd()) {
            send("answered", order);
        }
    }

    void forget(String id) {
        find(id).filter(each ->
                        each.state.isEnd() && outgoing.stream().noneMatch(sent -> sent.endsWith(" " + each.id())))
                .ifPresent(each -> {
                    orders.remove(each);
                    unheard.remove(each);
                });
    }

    void heard(String from, int many) {
        for (var each : unheard(from).stream().limit(many).toList()) {
            unheard.remove(each);
            events.add("ack_received");
        }
    }

    List<Known> unheard(String from) {
        return unheard.stream()
                .filter(each -> Heading.inbox(each.order.heading().from()).equals(Heading.inbox(from)))
                .toList();
    }

    void sendAgain() {
        for (var each : orders) {
            if (each.state == OrderState.DROPPED
                    && each.origin == Origin.DROPPED_HERE
                    && !outgoing.contains("order " + each.id())) {
                outgoing.add("order " + each.id());
            }
        }
    }
}
