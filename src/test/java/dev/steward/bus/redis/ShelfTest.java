package dev.steward.bus.redis;

import static dev.steward.bus.BusSamples.heading;
import static dev.steward.bus.BusSamples.inline;
import static dev.steward.bus.BusSamples.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.Body;
import dev.steward.bus.OrderRow;
import dev.steward.bus.OrderState;
import dev.steward.bus.WorkOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ShelfTest {
    private final Room room = new Room();
    private final Shelf shelf = new Shelf(room);

    private static WorkOrder large(int number) {
        return order(heading("WO-" + number, "CLC", "P3"), inline(new byte[Body.INLINE_LIMIT]));
    }

    @Test
    void so_many_orders_wait_and_no_more() throws Exception {
        for (int i = 0; i < 64; i++) {
            assertThat(shelf.room()).isEqualTo(64 - i);
            shelf.put(order("WO-" + i, "CLC"), "1-" + i);
            shelf.show();
        }
        assertThat(shelf.room()).isZero();
        assertThat(shelf.awaitRoom(Duration.ofMillis(20))).isFalse();
        assertThat(shelf.remove("WO-5").orElseThrow().entries()).containsExactly("1-5");
        assertThat(shelf.awaitRoom(Duration.ofMillis(20))).isTrue();
    }

    @Test
    void all_inboxes_together_take_so_much_memory_and_each_may_read_if_nothing_waits() {
        var another = new Shelf(room);
        for (int i = 0; room.isLeft(); i++) {
            another.put(large(i), "1-" + i);
        }
        another.show();
        assertThat(another.room()).isZero();
        assertThat(shelf.room()).isEqualTo(64);
        shelf.put(large(1_000), "2-1");
        shelf.show();
        assertThat(shelf.room()).isZero();

        assertThat(another.clear()).hasSizeBetween(80, 100);

        assertThat(room.isLeft()).isTrue();
        assertThat(shelf.room()).isEqualTo(63);
    }

    @Test
    void an_order_is_forgotten_with_its_last_entry() {
        shelf.put(order("WO-1", "CLC"), "1-1");
        shelf.show();
        assertThat(shelf.isHeld("WO-1", "1-2")).isTrue();
        assertThat(shelf.isHeld("WO-2", "1-3")).isFalse();
        assertThat(shelf.entries()).containsExactly("1-1", "1-2");

        assertThat(shelf.lose(List.of("1-1", "9-9"), true)).isEmpty();
        assertThat(shelf.has("WO-1")).isTrue();
        assertThat(shelf.lose(List.of("1-2"), true)).extracting(WorkOrder::id).containsExactly("WO-1");
        assertThat(shelf.has("WO-1")).isFalse();
    }

    @Test
    void an_order_in_quarantine_may_come_again_once_a_minute() {
        var now = new AtomicReference<>(Instant.parse("2026-01-02T03:04:05Z"));
        var again = new Again(now::get);
        var row = new OrderRow(
                1,
                heading("WO-1", "CLC", "P3"),
                OrderRow.Origin.BUS,
                false,
                OrderState.DEAD,
                "",
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new OrderRow.Hashes("", ""),
                1,
                now.get(),
                now.get());
        now.set(now.get().plusSeconds(59));
        assertThat(again.isDue(row)).isFalse();
        now.set(now.get().plusSeconds(1));
        assertThat(again.isDue(row)).isTrue();
        assertThat(again.isDue(row)).isFalse();
        now.set(now.get().plusSeconds(60));
        assertThat(again.isDue(row)).isTrue();
    }
}
