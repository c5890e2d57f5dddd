package dev.steward.bus;

import static dev.steward.bus.BusSamples.acknowledgement;
import static dev.steward.bus.BusSamples.found;
import static dev.steward.bus.BusSamples.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The part of the contract that is about receiving. */
public abstract class ReceiveContract extends DropContract {
    @Test
    void orders_are_given_by_priority_and_then_by_age() throws Exception {
        for (var each : List.of("3:P3", "1:P1", "0:P0", "4:P4", "5:P3", "2:P0", "6:P2")) {
            drop(order("WO-" + each.charAt(0), "CLC", each.substring(2)));
        }
        fixture.settle();
        try (var reception = bus.receive("CLC")) {
            assertThat(ids(reception.take(3, LONG))).containsExactly("WO-0", "WO-2", "WO-1");
            assertThat(ids(reception.take(1, LONG))).containsExactly("WO-6");
            assertThat(ids(reception.take(9, LONG))).containsExactly("WO-3", "WO-5", "WO-4");
        }
    }

    @Test
    void names_of_inboxes_compare_without_case() throws Exception {
        drop(order("WO-1", "CLC"));
        drop(order("WO-2", "clc"));
        drop(order("WO-3", "Clc"));
        try (var reception = bus.receive("cLC")) {
            var taken = take(reception, 3);
            assertThat(taken).extracting(each -> each.heading().to()).containsExactlyInAnyOrder("CLC", "clc", "Clc");
        }
    }

    @Test
    void an_inbox_is_given_its_own_orders_alone() throws Exception {
        drop(order("WO-1", "CLC"));
        drop(order("WO-2", "CLD"));
        try (var one = bus.receive("CLD");
                var nobody = bus.receive("CL")) {
            assertThat(ids(take(one, 1))).containsExactly("WO-2");
            assertThat(one.take(10, SHORT)).isEmpty();
            assertThat(nobody.take(10, SHORT)).isEmpty();
        }
    }

    @Test
    void no_order_is_given_twice_to_receptions_that_are_open() throws Exception {
        for (int i = 0; i < 20; i++) {
            drop(order("WO-" + i, "CLC"));
        }
        try (var one = bus.receive("CLC");
                var another = bus.receive("CLC")) {
            var taken = new ArrayList<WorkOrder>();
            while (taken.size() < 20) {
                taken.addAll(one.take(3, SHORT));
                taken.addAll(another.take(3, SHORT));
            }
            assertThat(new HashSet<>(ids(taken))).hasSize(20);
            assertThat(one.take(10, SHORT)).isEmpty();
            assertThat(another.take(10, SHORT)).isEmpty();
        }
    }

    @Test
    void what_was_taken_and_not_acknowledged_is_given_to_the_next() throws Exception {
        var dropped = drop(order("WO-1", "CLC"));
        try (var gone = bus.receive("CLC")) {
            assertThat(takeOne(gone)).isEqualTo(dropped);
        }
        try (var next = bus.receive("CLC")) {
            assertThat(takeOne(next)).isEqualTo(dropped);
        }
        restart();
        try (var last = bus.receive("CLC")) {
            assertThat(takeOne(last)).isEqualTo(dropped);
        }
    }

    @Test
    void one_that_waits_is_given_what_another_leaves() throws Exception {
        drop(order("WO-1", "CLC"));
        try (var waiting = bus.receive("CLC")) {
            var gone = bus.receive("CLC");
            takeOne(gone);
            var given = CompletableFuture.supplyAsync(() -> unchecked(() -> takeOne(waiting)));
            gone.close();
            assertThat(given.get().id()).isEqualTo("WO-1");
        }
    }

    @Test
    void what_was_acknowledged_is_never_given_again() throws Exception {
        var dropped = drop(order("WO-1", "CLC"));
        deliver(dropped);
        restart();
        try (var reception = bus.receive("CLC")) {
            assertThat(reception.take(10, SHORT)).isEmpty();
            assertThat(reception.delivered("WO-1")).isTrue();
        }
    }

    @Test
    void a_second_acknowledgement_is_told_so() throws Exception {
        drop(order("WO-1", "CLC"));
        try (var reception = bus.receive("CLC")) {
            var taken = takeOne(reception);
            assertThat(reception.delivered("WO-1")).isFalse();
            assertThat(reception.acknowledge(taken, acknowledgement(taken))).isTrue();
            assertThat(reception.acknowledge(taken, acknowledgement(taken))).isFalse();
            assertThat(reception.delivered("WO-1")).isTrue();
            assertThat(reception.delivered("WO-2")).isFalse();
        }
    }

    @Test
    void several_threads_may_acknowledge() throws Exception {
        for (int i = 0; i < 40; i++) {
            drop(order("WO-" + i, "CLC"));
        }
        try (var reception = bus.receive("CLC")) {
            var tasks = new ArrayList<Callable<Boolean>>();
            for (var each : take(reception, 40)) {
                tasks.add(() -> reception.acknowledge(each, acknowledgement(each)));
            }
            assertThat(atOnce(tasks)).hasSize(40).containsOnly(true);
            assertThat(reception.take(10, SHORT)).isEmpty();
        }
    }

    @Test
    void an_order_in_quarantine_is_dead_and_not_given_again() throws Exception {
        var dropped = drop(order("WO-1", "CLC"));
        try (var reception = bus.receive("CLC")) {
            reception.quarantine(takeOne(reception), "the payload's checksum is another one");
            assertThat(reception.delivered("WO-1")).isFalse();
            assertThat(reception.take(10, SHORT)).isEmpty();
        }
        try (var next = bus.receive("CLC");
                var listening = bus.listen("CLS")) {
            assertThat(next.take(10, SHORT)).isEmpty();
            assertThat(listening.hear(10, SHORT)).isEmpty();
            assertThat(next.delivered(dropped.id())).isFalse();
        }
    }

    @Test
    void an_acknowledgement_that_is_not_of_its_order_is_refused_and_changes_nothing() throws Exception {
        var dropped = drop(order("WO-1", "CLC"));
        var honest = acknowledgement(dropped);
        String forged = "0".repeat(64);
        try (var reception = bus.receive("CLC")) {
            var taken = takeOne(reception);
            assertRefused(() -> reception.acknowledge(
                    taken, changed(honest, "WO-2", "CLC", honest.sha256Wo(), honest.sha256Body())));
            assertRefused(() -> reception.acknowledge(
                    taken, changed(honest, "WO-1", "CLD", honest.sha256Wo(), honest.sha256Body())));
            assertRefused(
                    () -> reception.acknowledge(taken, changed(honest, "WO-1", "CLC", forged, honest.sha256Body())));
            assertRefused(
                    () -> reception.acknowledge(taken, changed(honest, "WO-1", "CLC", honest.sha256Wo(), forged)));
            assertThat(reception.delivered("WO-1")).isFalse();
        }
        try (var next = bus.receive("CLC");
                var listening = bus.listen("CLS")) {
            assertThat(takeOne(next)).isEqualTo(dropped);
            assertThat(listening.hear(10, SHORT)).isEmpty();
        }
    }

    private static Acknowledgement changed(Acknowledgement a, String id, String to, String wo, String body) {
        return new Acknowledgement(id, to, a.by(), a.node(), a.incarnation(), a.at(), a.latencyMs(), wo, body);
    }

    @Test
    void a_complete_folder_that_was_found_is_known_once_and_never_given() throws Exception {
        var lies = order("WO-251112-014650-auto", "CLC");
        try (var reception = bus.receive("CLC")) {
            assertThat(reception.found(found(lies), acknowledgement(lies))).isTrue();
            assertThat(reception.found(found(lies), acknowledgement(lies))).isFalse();
            assertThat(reception.delivered(lies.id())).isTrue();
            assertThat(reception.take(10, SHORT)).isEmpty();
        }
        assertThat(bus.drop(lies)).isEqualTo(new Accepted.Same(lies.id(), OrderState.DELIVERED));
    }

    @Test
    void an_order_that_waits_is_delivered_by_its_folder_that_was_found() throws Exception {
        var dropped = drop(order("WO-1", "CLC"));
        try (var reception = bus.receive("CLC")) {
            var taken = takeOne(reception);
            assertThat(reception.found(found(taken), acknowledgement(taken))).isTrue();
            assertThat(reception.delivered("WO-1")).isTrue();
        }
        try (var next = bus.receive("CLC")) {
            assertThat(next.take(10, SHORT)).isEmpty();
        }
        awaitState(dropped, OrderState.DELIVERED);
    }

    @Test
    void one_that_waits_returns_empty_when_the_time_is_over() throws Exception {
        try (var reception = bus.receive("CLC")) {
            long begin = System.nanoTime();
            assertThat(reception.take(10, SHORT)).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(SHORT.minusMillis(5), LONG);
            assertThat(reception.take(10, Duration.ZERO)).isEmpty();
        }
    }

    @Test
    void one_that_waits_is_given_an_order_as_soon_as_it_is_dropped() throws Exception {
        try (var reception = bus.receive("CLC")) {
            var given = CompletableFuture.supplyAsync(() -> unchecked(() -> reception.take(10, Duration.ofDays(1))));
            drop(order("WO-0", "CLD"));
            drop(order("WO-1", "CLC"));
            assertThat(ids(given.get())).containsExactly("WO-1");
        }
    }

    @Test
    void one_that_waits_is_given_what_another_process_drops() throws Exception {
        try (var reception = bus.receive("CLC")) {
            var given = CompletableFuture.supplyAsync(() -> unchecked(() -> reception.take(10, Duration.ofDays(1))));
            assertThat(fixture.other().drop(order("WO-1", "CLC"))).isEqualTo(new Accepted.New("WO-1"));
            assertThat(ids(given.get())).containsExactly("WO-1");
        }
    }

    @Test
    void one_that_waits_can_be_interrupted_and_no_order_is_lost() throws Exception {
        try (var reception = bus.receive("CLC")) {
            for (int i = 0; i < 20; i++) {
                var end = new AtomicReference<List<WorkOrder>>();
                var taker = Thread.ofPlatform().start(() -> {
                    try {
                        end.set(reception.take(1, Duration.ofDays(1)));
                    } catch (InterruptedException interrupted) {
                        end.set(List.of());
                    } catch (BusException e) {
                        throw new IllegalStateException(e);
                    }
                });
                // Dropped and interrupted at once: either the order is given, or it stays for the next.
                drop(order("WO-" + i, "CLC"));
                taker.interrupt();
                taker.join();
                assertThat(end.get()).isNotNull();
                assertThat(end.get().isEmpty() ? ids(take(reception, 1)) : ids(end.get()))
                        .containsExactly("WO-" + i);
            }
        }
    }

    @Test
    void a_thread_that_is_interrupted_already_does_not_wait() throws Exception {
        try (var reception = bus.receive("CLC")) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> reception.take(1, Duration.ofDays(1))).isInstanceOf(InterruptedException.class);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    @Test
    void closing_ends_the_wait() throws Exception {
        var reception = bus.receive("CLC");
        var ended = new CompletableFuture<String>();
        Thread.ofPlatform().start(() -> {
            try {
                ended.complete(reception.take(1, Duration.ofDays(1)).toString());
            } catch (BusException | InterruptedException e) {
                ended.complete(String.valueOf(e.getMessage()));
            }
        });
        reception.close();
        assertThat(ended.get()).isNotNull();
        reception.close();
    }

    protected static <T> T unchecked(Callable<T> task) {
        try {
            return task.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
