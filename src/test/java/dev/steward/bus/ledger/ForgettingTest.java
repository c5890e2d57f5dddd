package dev.steward.bus.ledger;

import static dev.steward.bus.BusSamples.acknowledgement;
import static dev.steward.bus.BusSamples.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.Accepted;
import dev.steward.bus.Change;
import dev.steward.bus.OrderQuery;
import dev.steward.bus.OrderState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ForgettingTest extends LedgerRig {
    @Test
    void an_order_that_ended_is_forgotten_whole() throws Exception {
        deliver("WO-1");
        change("WO-1", new Change.Done(good(1)));
        drop("WO-2");
        change("WO-2", new Change.Cancel("ops"));
        ledger.forget(List.of("WO-1", "WO-2", "WO-unknown"));
        assertThat(ledger.order("WO-1")).isEmpty();
        assertThat(ledger.order("WO-2")).isEmpty();
        assertThat(ledger.unheard("CLS", 10)).isEmpty();
        assertThat(ledger.drop(order("WO-1", "CLC"))).isEqualTo(new Accepted.New("WO-1"));
        assertThat(row("WO-1").result()).isEmpty();
    }

    @Test
    void an_order_that_has_not_ended_stays() throws Exception {
        drop("WO-1");
        deliver("WO-2");
        ledger.forget(List.of("WO-1", "WO-2", "wo-1"));
        assertThat(state("WO-1")).isEqualTo(OrderState.DROPPED);
        assertThat(state("WO-2")).isEqualTo(OrderState.DELIVERED);
    }

    @Test
    void an_order_of_which_another_node_is_to_be_told_stays_until_it_was() throws Exception {
        restartLinked();
        deliver("WO-1");
        change("WO-1", new Change.Done(good(1)));
        ledger.forget(List.of("WO-1"));
        assertThat(state("WO-1")).isEqualTo(OrderState.DONE);
        ledger.sent(ledger.outgoing(10).stream().map(Outgoing::seq).toList());
        ledger.forget(List.of("WO-1"));
        assertThat(ledger.order("WO-1")).isEmpty();
    }

    @Test
    void orders_go_on_being_dropped_and_delivered_while_many_are_forgotten() throws Exception {
        var ended = new ArrayList<String>();
        for (int i = 0; i < 1_500; i++) {
            drop("WO-old-" + i);
            change("WO-old-" + i, new Change.Cancel("ops"));
            ended.add("WO-old-" + i);
        }
        var forgetting = CompletableFuture.runAsync(() -> {
            try {
                ledger.forget(ended);
            } catch (dev.steward.bus.BusException e) {
                throw new IllegalStateException(e);
            }
        });
        int delivered = 0;
        while (!forgetting.isDone()) {
            var order = drop("WO-new-" + delivered++);
            assertThat(ledger.arrived(order, acknowledgement(order))).isTrue();
        }
        forgetting.get();
        assertThat(delivered).as("delivered in between").isGreaterThan(5);
        assertThat(ledger.orders(OrderQuery.in(EnumSet.of(OrderState.DEAD), 10)))
                .isEmpty();
    }
}
