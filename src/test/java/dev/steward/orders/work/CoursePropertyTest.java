package dev.steward.orders.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.Change;
import dev.steward.bus.Expected;
import dev.steward.bus.Heading;
import dev.steward.bus.Lifecycle;
import dev.steward.bus.OrderRow;
import dev.steward.bus.OrderState;
import dev.steward.bus.Work;
import dev.steward.config.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Orders, attempts and handlers that do what they like, at random: the cores decide, and this holds them to what must never be. The
 * machine answers each act as the real one does, sooner or later.
 */
class CoursePropertyTest {
    private static final Instant EPOCH = Instant.parse("2025-10-30T05:29:04Z");
    private static final int ORDERS = 6;

    /** An order as the ledger knows it. */
    private static final class Order {
        OrderState state = OrderState.DELIVERED;
        int attempt;
        Optional<Instant> due = Optional.empty();
        int counted;
    }

    /** An attempt as the machine knows it. */
    private static final class Hand {
        final int order;
        final int number;
        Phase phase = new Phase.Held(Optional.empty());
        boolean alive = true;
        boolean let;
        boolean leftovers;
        boolean asked;
        boolean recordOwed;
        boolean beginOwed = true;
        boolean begun;

        Hand(int order, int number) {
            this.order = order;
            this.number = number;
        }
    }

    private final Map<Integer, Order> orders = new HashMap<>();
    private final List<Hand> hands = new ArrayList<>();
    private Instant now = EPOCH;

    @Property(tries = 300)
    void every_order_comes_to_its_end(
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 4) int concurrency,
            @ForAll @IntRange(max = 4) int retries) {
        orders.clear();
        hands.clear();
        now = EPOCH;
        for (var i = 0; i < ORDERS; i++) {
            orders.put(i, new Order());
        }
        var rules = new Rules(
                Optional.of(Duration.ofMinutes(1)),
                Optional.of(retries),
                new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(20)));
        for (var turn = 0; turn < 20_000 && !allEnded(); turn++) {
            now = now.plusMillis(random.nextInt(500));
            begin(concurrency);
            if (!hands.isEmpty()) {
                happen(hands.get(random.nextInt(hands.size())), random, rules);
            }
            hands.removeIf(hand -> hand.phase instanceof Phase.Over);
            check(concurrency);
        }

        assertThat(allEnded()).isTrue();
        orders.values()
                .forEach(order ->
                        assertThat(order.counted).as("attempts that counted").isLessThanOrEqualTo(retries + 1));
    }

    private boolean allEnded() {
        return hands.isEmpty() && orders.values().stream().allMatch(order -> order.state.isEnd());
    }

    private void begin(int concurrency) {
        var workable = new ArrayList<OrderRow>();
        orders.forEach((id, order) -> {
            var due = order.due.map(at -> !at.isAfter(now)).orElse(true);
            if (order.state == OrderState.DELIVERED || (order.state == OrderState.FAILED && due)) {
                workable.add(row(id, order));
            }
        });
        var inHand = new HashSet<String>();
        hands.forEach(hand -> inHand.add(String.valueOf(hand.order)));
        for (var row : Slots.begin(workable, inHand, hands.size(), concurrency)) {
            hands.add(new Hand(Integer.parseInt(row.heading().id()), row.attempt() + 1));
        }
    }

    private static OrderRow row(int id, Order order) {
        var heading = new Heading(String.valueOf(id), "CLC", "CLS", "P3", "", "", EPOCH);
        return new OrderRow(
                id,
                heading,
                OrderRow.Origin.BUS,
                true,
                order.state,
                "",
                order.attempt,
                0,
                order.due,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new OrderRow.Hashes("", ""),
                0,
                EPOCH,
                EPOCH);
    }

    /** One of the things that may happen to an attempt at this moment. */
    private void happen(Hand hand, Random random, Rules rules) {
        switch (random.nextInt(9)) {
            case 0, 1 -> {
                if (hand.beginOwed) {
                    hand.beginOwed = false;
                    hand.begun = random.nextInt(10) > 0 && change(hand, begin(hand)) == OrderState.WORKING;
                    handle(hand, hand.begun ? new Event.Begun() : new Event.NotBegun(), rules);
                }
            }
            case 2, 3 -> {
                // One that waits for the word may be killed, and does nothing else.
                if (hand.alive && (hand.let || random.nextInt(10) == 0)) {
                    end(hand, random, rules);
                }
            }
            case 4 ->
                handle(
                        hand,
                        new Event.Stop(List.of(Why.TIMED_OUT, Why.WITHDRAWN, Why.GOING_DOWN)
                                .get(random.nextInt(3))),
                        rules);
            case 5 -> {
                if (hand.asked) {
                    handle(hand, new Event.GraceOver(), rules);
                }
            }
            case 6 -> {
                if (hand.phase instanceof Phase.Clearing && random.nextBoolean()) {
                    hand.leftovers = false;
                    handle(hand, new Event.Cleared(), rules);
                }
            }
            case 7 -> {
                if (hand.recordOwed && random.nextBoolean()) {
                    hand.recordOwed = false;
                    record(hand, rules);
                    handle(hand, new Event.Recorded(), rules);
                }
            }
            default -> {
                // Somebody cancels, now and then.
                var order = orders.getOrDefault(hand.order, new Order());
                if (random.nextInt(40) == 0 && !order.state.isEnd()) {
                    order.state = OrderState.DEAD;
                    handle(hand, new Event.Stop(Why.WITHDRAWN), rules);
                }
            }
        }
    }

    private static Change begin(Hand hand) {
        return new Change.Begin(new Work("clc", hand.number, 1, "boot", EPOCH));
    }

    private void end(Hand hand, Random random, Rules rules) {
        hand.alive = false;
        hand.leftovers = random.nextInt(5) == 0;
        End end = random.nextInt(4) == 0
                ? new End.Lost("killed")
                : new End.Exited(List.of(0, 1, 65, 137).get(random.nextInt(4)));
        handle(hand, new Event.Ended(hand.let ? end : new End.Lost("killed")), rules);
    }

    private OrderState change(Hand hand, Change change) {
        var order = orders.getOrDefault(hand.order, new Order());
        if (Lifecycle.next(order.state, true, change) instanceof Lifecycle.Next.To to) {
            order.state = to.state();
            if (change instanceof Change.Begin) {
                order.attempt++;
            }
            order.due = change instanceof Change.Failed failed ? failed.again() : Optional.empty();
        }
        return order.state;
    }

    private void record(Hand hand, Rules rules) {
        var order = orders.getOrDefault(hand.order, new Order());
        var end = ((Phase.Recording) hand.phase).end();
        if (hand.begun && order.state == OrderState.WORKING) {
            var account = new Verdict.Account("clc", hand.number, order.counted, Duration.ZERO, "", now);
            order.counted += end instanceof End.Interrupted ? 0 : 1;
            change(hand, Verdict.of(end, account, rules, new Expected.Nothing()));
        }
    }

    private void handle(Hand hand, Event event, Rules rules) {
        var before = hand.phase;
        var step = Course.next(hand.phase, event);
        hand.phase = step.next();
        for (var act : step.acts()) {
            switch (act) {
                case LET_GO -> {
                    assertThat(hand.begun).as("recorded before it is let go").isTrue();
                    assertThat(hand.let).as("let go once").isFalse();
                    hand.let = true;
                }
                case TERMINATE -> hand.asked = true;
                case KILL -> {
                    hand.asked = true;
                    if (hand.alive) {
                        hand.alive = false;
                        handle(hand, new Event.Ended(new End.Lost("killed")), rules);
                    }
                }
                case CLEAR -> assertThat(hand.alive).as("cleared after its end").isFalse();
                case RECORD -> {
                    assertThat(hand.alive || hand.leftovers)
                            .as("recorded while something lives")
                            .isFalse();
                    hand.recordOwed = true;
                }
                case FORGET -> {
                    assertThat(hand.alive || hand.leftovers)
                            .as("forgotten while something lives")
                            .isFalse();
                    assertThat(before).isInstanceOf(Phase.Recording.class);
                }
            }
        }
    }

    private void check(int concurrency) {
        assertThat(hands.size()).isLessThanOrEqualTo(concurrency);
        Set<Integer> seen = new HashSet<>();
        for (var hand : hands) {
            assertThat(seen.add(hand.order))
                    .as("one attempt at a time of an order")
                    .isTrue();
        }
    }
}
