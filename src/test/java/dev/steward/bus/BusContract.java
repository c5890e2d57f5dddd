package dev.steward.bus;

import static dev.steward.bus.BusSamples.acknowledgement;
import static dev.steward.bus.BusSamples.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.testing.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * The whole contract of {@link Bus}. A kind of bus is tested by a class that extends this and gives its fixture; the parts are in
 * {@link DropContract} and {@link ReceiveContract}, and here is what the one hears who dropped an order.
 */
public abstract class BusContract extends ReceiveContract {
    @Test
    void the_one_who_dropped_an_order_hears_its_acknowledgement() throws Exception {
        var dropped = drop(order("WO-1", "CLC"));
        try (var listening = bus.listen("cls")) {
            assertThat(listening.hear(10, SHORT)).isEmpty();
            deliver(dropped);
            var heard = hear(listening, 1);
            assertThat(heard).hasSize(1);
            assertThat(heard.getFirst().acknowledgement()).isEqualTo(acknowledgement(dropped));
        }
    }

    @Test
    void what_was_marked_as_heard_is_not_heard_again() throws Exception {
        deliver(drop(order("WO-1", "CLC")));
        try (var listening = bus.listen("CLS")) {
            listening.heard(hear(listening, 1).getLast().seq());
            assertThat(listening.hear(10, SHORT)).isEmpty();
        }
        restart();
        try (var listening = bus.listen("CLS")) {
            assertThat(listening.hear(10, SHORT)).isEmpty();
        }
    }

    @Test
    void a_listener_catches_up_with_all_that_was_not_marked_as_heard() throws Exception {
        for (int i = 0; i < 4; i++) {
            deliver(drop(order("WO-" + i, "CLC")));
        }
        try (var gone = bus.listen("CLS")) {
            var heard = hear(gone, 4);
            assertThat(heardIds(heard)).containsExactly("WO-0", "WO-1", "WO-2", "WO-3");
            assertThat(heard).extracting(Heard::seq).isSorted().doesNotHaveDuplicates();
            assertThat(heardIds(gone.hear(2, LONG))).containsExactly("WO-0", "WO-1");
            gone.heard(heard.get(1).seq());
        }
        restart();
        try (var listening = bus.listen("CLS")) {
            assertThat(heardIds(hear(listening, 2))).containsExactly("WO-2", "WO-3");
        }
    }

    @Test
    void a_listener_hears_of_its_own_orders_alone() throws Exception {
        deliver(drop(BusSamples.from("GG", order("WO-1", "CLC"))));
        deliver(drop(BusSamples.from("GC", order("WO-2", "CLC"))));
        try (var listening = bus.listen("gc");
                var nobody = bus.listen("G")) {
            assertThat(heardIds(hear(listening, 1))).containsExactly("WO-2");
            assertThat(listening.hear(10, SHORT)).hasSize(1);
            assertThat(nobody.hear(10, SHORT)).isEmpty();
        }
    }

    @Test
    void of_a_folder_that_was_found_nobody_hears() throws Exception {
        var lies = order("WO-1", "CLC");
        try (var reception = bus.receive("CLC");
                var listening = bus.listen("CLS")) {
            reception.found(BusSamples.found(lies), acknowledgement(lies));
            assertThat(listening.hear(10, SHORT)).isEmpty();
        }
    }

    @Test
    void a_second_acknowledgement_is_not_heard() throws Exception {
        drop(order("WO-1", "CLC"));
        try (var reception = bus.receive("CLC");
                var listening = bus.listen("CLS")) {
            var taken = takeOne(reception);
            reception.acknowledge(taken, acknowledgement(taken));
            listening.heard(hear(listening, 1).getLast().seq());
            reception.acknowledge(taken, acknowledgement(taken));
            assertThat(listening.hear(10, SHORT)).isEmpty();
        }
    }

    @Test
    void one_that_listens_hears_as_soon_as_it_is_acknowledged() throws Exception {
        var dropped = drop(order("WO-1", "CLC"));
        try (var listening = bus.listen("CLS")) {
            var heard = CompletableFuture.supplyAsync(() -> unchecked(() -> listening.hear(10, Duration.ofDays(1))));
            deliver(dropped);
            assertThat(heardIds(heard.get())).containsExactly("WO-1");
        }
    }

    @Test
    void what_another_process_received_is_heard() throws Exception {
        var dropped = drop(order("WO-1", "CLC"));
        try (var listening = bus.listen("CLS");
                var reception = fixture.other().receive("CLC")) {
            var heard = CompletableFuture.supplyAsync(() -> unchecked(() -> listening.hear(10, Duration.ofDays(1))));
            var taken = takeOne(reception);
            assertThat(reception.acknowledge(taken, acknowledgement(taken))).isTrue();
            assertThat(heard.get()).extracting(Heard::acknowledgement).containsExactly(acknowledgement(dropped));
            awaitState(dropped, OrderState.DELIVERED);
        }
    }

    @Test
    void one_that_listens_returns_empty_when_the_time_is_over_and_can_be_interrupted() throws Exception {
        try (var listening = bus.listen("CLS")) {
            long begin = System.nanoTime();
            assertThat(listening.hear(10, SHORT)).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(SHORT.minusMillis(5), LONG);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> listening.hear(1, Duration.ofDays(1))).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void eight_droppers_and_two_receivers_at_once_lose_nothing_and_double_nothing() throws Exception {
        var tasks = new ArrayList<Callable<List<String>>>();
        for (int dropper = 0; dropper < 8; dropper++) {
            int number = dropper;
            tasks.add(() -> {
                for (int i = 0; i < 25; i++) {
                    drop(order("WO-" + number + "-" + i, "CLC", "P" + i % 5));
                }
                return List.of();
            });
        }
        var received = Collections.synchronizedSet(new HashSet<String>());
        for (int receiver = 0; receiver < 2; receiver++) {
            tasks.add(() -> {
                var mine = new ArrayList<String>();
                try (var reception = bus.receive("CLC")) {
                    Await.until("200 orders were received", () -> {
                        for (var each : reception.take(7, Duration.ofMillis(100))) {
                            assertThat(reception.acknowledge(each, acknowledgement(each)))
                                    .isTrue();
                            mine.add(each.id());
                            received.add(each.id());
                        }
                        return received.size() == 200;
                    });
                }
                return mine;
            });
        }
        var all = atOnce(tasks).stream().flatMap(List::stream).toList();
        assertThat(all).hasSize(200).doesNotHaveDuplicates();
        try (var listening = bus.listen("CLS")) {
            assertThat(heardIds(hear(listening, 200))).containsExactlyInAnyOrderElementsOf(all);
        }
    }

    @Test
    void a_bus_that_is_there_says_so_and_shows_signs_of_life() throws Exception {
        Await.until("it is connected", () -> bus.presence() instanceof Presence.Connected);
        bus.beat(new Beat(
                "cls",
                BusSamples.CREATED,
                1,
                4711,
                "0198f1c2-0000-7000-8000-000000000001",
                "boot",
                Duration.ofSeconds(10)));
    }

    @Test
    void what_is_dropped_while_the_way_is_cut_is_delivered_once_when_it_is_whole() throws Exception {
        assumeTrue(fixture.canBeCut());
        var orders = List.of(order("WO-1", "CLC"), order("WO-2", "CLC"));
        drop(orders.getFirst());
        fixture.cut();
        try {
            assertThat(bus.drop(orders.getLast())).isNotInstanceOf(Accepted.Conflict.class);
        } catch (BusException e) {
            assertThat(e.kind()).as(e.getMessage()).isEqualTo(BusException.Kind.UNAVAILABLE);
        }
        fixture.mend();
        for (var each : orders) {
            assertThat(accept(each)).isNotInstanceOf(Accepted.Conflict.class);
        }
        try (var reception = bus.receive("CLC")) {
            for (var taken : take(reception, 2)) {
                assertThat(reception.acknowledge(taken, acknowledgement(taken))).isTrue();
            }
            assertThat(reception.take(10, SHORT)).isEmpty();
        }
        try (var listening = bus.listen("CLS")) {
            assertThat(heardIds(hear(listening, 2))).containsExactlyInAnyOrder("WO-1", "WO-2");
        }
    }

    /** Asks again as long as nobody answers. */
    private Accepted accept(WorkOrder order) throws Exception {
        var accepted = new ArrayList<Accepted>();
        Await.until(order.id() + " is accepted", () -> {
            try {
                return accepted.add(bus.drop(order));
            } catch (BusException e) {
                assertThat(e.kind()).as(e.getMessage()).isEqualTo(BusException.Kind.UNAVAILABLE);
                return false;
            }
        });
        return accepted.getFirst();
    }
}
