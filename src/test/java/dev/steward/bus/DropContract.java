package dev.steward.bus;

import static dev.steward.bus.BusSamples.bytes;
import static dev.steward.bus.BusSamples.heading;
import static dev.steward.bus.BusSamples.inline;
import static dev.steward.bus.BusSamples.order;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The part of the contract that is about dropping. */
public abstract class DropContract extends BusRig {
    @Test
    void an_order_is_given_as_it_was_dropped() throws Exception {
        var dropped = drop(order("WO-20251030-7K3V9QX2MD", "ClC"));
        try (var reception = bus.receive("CLC")) {
            assertThat(takeOne(reception)).isEqualTo(dropped);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_000, Body.INLINE_LIMIT - 1, Body.INLINE_LIMIT})
    void a_payload_that_travels_inside_is_given_byte_for_byte(int size) throws Exception {
        var dropped = drop(order(heading("WO-1", "CLC", "P3"), inline(bytes(size, 42))));
        try (var reception = bus.receive("CLC")) {
            var taken = takeOne(reception);
            assertThat(taken.body().size()).isEqualTo(size);
            assertThat(taken.body().sha256()).isEqualTo(dropped.body().sha256());
            assertThat(BusSamples.read(taken.body())).isEqualTo(bytes(size, 42));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Body.INLINE_LIMIT + 1, 3_000_000})
    void a_payload_that_lies_in_the_spool_is_given_byte_for_byte(int size) throws Exception {
        var body = BusSamples.spooled(fixture.spool(), "large", bytes(size, 7));
        var dropped = drop(order(heading("WO-1", "CLC", "P3"), body));
        try (var reception = bus.receive("CLC")) {
            var taken = takeOne(reception);
            assertThat(taken.envelope()).isEqualTo(dropped.envelope());
            assertThat(taken.body().size()).isEqualTo(size);
            assertThat(BusSamples.read(taken.body())).isEqualTo(bytes(size, 7));
        }
    }

    @Test
    void an_order_dropped_twice_is_one() throws Exception {
        var dropped = drop(order("WO-1", "CLC"));
        assertThat(bus.drop(dropped)).isEqualTo(new Accepted.Same("WO-1", OrderState.DROPPED));
        try (var reception = bus.receive("CLC")) {
            assertThat(ids(take(reception, 1))).containsExactly("WO-1");
            assertThat(reception.take(10, SHORT)).isEmpty();
        }
    }

    @Test
    void an_order_dropped_again_after_its_delivery_is_not_delivered_again() throws Exception {
        var dropped = drop(order("WO-1", "CLC"));
        deliver(dropped);
        awaitState(dropped, OrderState.DELIVERED);
        try (var reception = bus.receive("CLC")) {
            assertThat(reception.take(10, SHORT)).isEmpty();
        }
    }

    @Test
    void the_same_order_with_another_time_in_its_envelope_is_the_same() throws Exception {
        var dropped = drop(order("WO-1", "CLC"));
        var h = dropped.heading();
        var later = new Heading(
                h.id(),
                "clc",
                h.from(),
                h.priority(),
                h.title(),
                h.tags(),
                h.created().plusSeconds(60));
        var envelope = dropped.envelope() + "created_at: later\n";
        var again = new WorkOrder(
                later,
                envelope,
                BusSamples.sha256(envelope.getBytes(StandardCharsets.UTF_8)),
                dropped.bodyFile(),
                dropped.body());
        assertThat(bus.drop(again)).isEqualTo(new Accepted.Same("WO-1", OrderState.DROPPED));
        try (var reception = bus.receive("CLC")) {
            assertThat(takeOne(reception)).isEqualTo(dropped);
        }
    }

    @Test
    void another_payload_under_a_used_id_is_a_conflict_and_changes_nothing() throws Exception {
        var dropped = drop(order("WO-1", "CLC"));
        assertConflict(BusSamples.with(dropped, inline("another".getBytes(StandardCharsets.UTF_8))));
        try (var reception = bus.receive("CLC")) {
            assertThat(takeOne(reception)).isEqualTo(dropped);
            assertThat(reception.take(10, SHORT)).isEmpty();
        }
    }

    @Test
    void another_heading_under_a_used_id_is_a_conflict() throws Exception {
        var dropped = drop(order("WO-1", "CLC"));
        assertConflict(order("WO-1", "CLD"));
        assertConflict(order("WO-1", "CLC", "P0"));
        assertConflict(BusSamples.from("GG", dropped));
    }

    @Test
    void an_id_that_differs_from_a_used_one_in_case_only_is_a_conflict() throws Exception {
        drop(order("WO-abc", "CLC"));
        assertConflict(order("WO-ABC", "CLC"));
        assertConflict(order("wo-abc", "CLC"));
    }

    private void assertConflict(WorkOrder order) throws BusException {
        assertThat(bus.drop(order)).isInstanceOfSatisfying(Accepted.Conflict.class, conflict -> {
            assertThat(conflict.id()).isEqualTo(order.id());
            assertThat(conflict.reason()).isNotBlank();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WO-20251030-H6R94XXXXX",
                "WO-251112-014650-auto",
                "WO-CLS-20251128-034217-G2KS",
                "WO-EXPENSE_OCR-1762219184-slip_demo.jpg",
                "a",
                "WO with spaces 'and \"quotes\"; --",
                "WO-ü-漢-😀",
                "WO-%s-{}-$x-*?",
                "null"
            })
    void an_odd_id_is_kept_as_it_is(String id) throws Exception {
        drop(order(id, "CLC"));
        try (var reception = bus.receive("CLC")) {
            var taken = takeOne(reception);
            assertThat(taken.id()).isEqualTo(id);
            assertThat(reception.acknowledge(taken, BusSamples.acknowledgement(taken)))
                    .isTrue();
        }
        try (var listening = bus.listen("CLS")) {
            assertThat(heardIds(hear(listening, 1))).containsExactly(id);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "..",
                "../WO-1",
                "a/b",
                "a\\b",
                "a..b",
                ".hidden",
                "-rf",
                "a\nb",
                "a\tb",
                "a\u0000b",
                "a\u009bb"
            })
    void an_id_that_walks_out_of_its_folder_is_refused(String id) {
        assertRefused(() -> bus.drop(order(id, "CLC")));
    }

    @Test
    void an_id_of_128_bytes_is_taken_and_a_longer_one_refused() throws Exception {
        drop(order("W".repeat(128), "CLC"));
        assertRefused(() -> bus.drop(order("V".repeat(129), "CLC")));
        assertRefused(() -> bus.drop(order("ü".repeat(65), "CLC")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "../CLC", "a/b", "a\\b", ".CLC", "a\u0000b"})
    void a_name_that_no_inbox_can_have_is_refused(String inbox) {
        assertRefused(() -> bus.drop(order("WO-1", inbox)));
    }

    @Test
    void a_payload_that_is_too_large_to_travel_inside_or_of_another_size_is_refused() {
        var bytes = bytes(Body.INLINE_LIMIT + 1, 1);
        assertRefused(() -> bus.drop(order(heading("WO-1", "CLC", "P3"), inline(bytes))));
        var lying = new Body(BusSamples.sha256(new byte[3]), 4, new Body.Content.Inline(Bytes.of(new byte[3])));
        assertRefused(() -> bus.drop(order(heading("WO-1", "CLC", "P3"), lying)));
    }

    @Test
    void what_eight_droppers_drop_at_once_is_given_once() throws Exception {
        var tasks = new ArrayList<Callable<Integer>>();
        for (int dropper = 0; dropper < 8; dropper++) {
            int number = dropper;
            tasks.add(() -> {
                for (int i = 0; i < 25; i++) {
                    drop(order("WO-" + number + "-" + i, "CLC"));
                }
                return 25;
            });
        }
        atOnce(tasks);
        try (var reception = bus.receive("CLC")) {
            var taken = ids(take(reception, 200));
            assertThat(new HashSet<>(taken)).hasSize(200);
            assertThat(reception.take(10, SHORT)).isEmpty();
        }
    }

    @Test
    void of_eight_that_drop_the_same_order_at_once_one_is_told_that_it_is_new() throws Exception {
        var results = atOnce(Collections.nCopies(8, () -> bus.drop(order("WO-1", "CLC"))));
        assertThat(results).containsOnlyOnce(new Accepted.New("WO-1"));
        assertThat(results.stream().distinct())
                .containsExactlyInAnyOrder(new Accepted.New("WO-1"), new Accepted.Same("WO-1", OrderState.DROPPED));
    }

    @Test
    void what_was_dropped_is_given_after_all_processes_ended() throws Exception {
        var dropped = List.of(drop(order("WO-1", "CLC")), drop(order("WO-2", "CLC")));
        restart();
        try (var reception = bus.receive("CLC")) {
            assertThat(take(reception, 2)).containsExactlyInAnyOrderElementsOf(dropped);
        }
    }
}
