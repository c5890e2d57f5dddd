package dev.steward.bus.ledger;

import static dev.steward.bus.BusSamples.acknowledgement;
import static dev.steward.bus.BusSamples.bytes;
import static dev.steward.bus.BusSamples.found;
import static dev.steward.bus.BusSamples.inline;
import static dev.steward.bus.BusSamples.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

import dev.steward.bus.Accepted;
import dev.steward.bus.BusException;
import dev.steward.bus.BusSamples;
import dev.steward.bus.Change;
import dev.steward.bus.OrderRow;
import dev.steward.bus.OrderState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrivingTest extends LedgerRig {
    @Test
    void an_order_that_arrived_is_delivered_and_its_payload_no_longer_kept() throws Exception {
        var order = drop("WO-1");
        recordsSoFar();
        now = now.plus(Duration.ofSeconds(1));
        assertThat(ledger.arrived(order, acknowledgement(order))).isTrue();

        var row = row("WO-1");
        assertThat(row.state()).isEqualTo(OrderState.DELIVERED);
        assertThat(row.acknowledgement()).contains(acknowledgement(order));
        assertThat(row.changed()).isEqualTo(now);
        assertThat(row.since()).isEqualTo(now.minusSeconds(1));
        assertThat(ledger.workOrder("WO-1")).isEmpty();
        assertThat(ledger.waiting("CLC", 10, List.of())).isEmpty();
        var owed = onlyRecord();
        assertThat(owed.event()).isEqualTo("wo_delivered");
        assertThat(owed.fields())
                .containsExactly(
                        entry("wo_id", "WO-1"),
                        entry("from", "CLS"),
                        entry("to", "CLC"),
                        entry("by", "clc"),
                        entry("node", "studio"),
                        entry("latency_ms", 12L),
                        entry("sha256_wo", order.sha256()),
                        entry("sha256_body", order.body().sha256()));
    }

    @Test
    void one_that_this_node_did_not_know_becomes_known() throws Exception {
        var order = order("WO-1", "CLC");
        assertThat(ledger.arrived(order, acknowledgement(order))).isTrue();
        assertThat(row("WO-1").origin()).isEqualTo(OrderRow.Origin.BUS);
        assertThat(events()).containsExactly("wo_delivered");
        assertThat(ledger.unheard("CLS", 10)).isEmpty();
        assertThat(ledger.drop(order)).isEqualTo(new Accepted.Same("WO-1", OrderState.DELIVERED));
    }

    @Test
    void a_folder_whose_id_is_known_in_other_letters_is_refused_and_not_recorded() throws Exception {
        drop("WO-1");
        recordsSoFar();
        var alike = order("wo-1", "CLC");
        var refused = catchThrowableOfType(
                BusException.class, () -> ledger.found(BusSamples.found(alike), acknowledgement(alike)));
        assertThat(refused.kind()).isEqualTo(BusException.Kind.REFUSED);
        assertThat(refused).hasMessage("the id wo-1 differs from that of the order WO-1 in case only");
        assertThat(events()).isEmpty();
    }

    @Test
    void another_order_of_a_known_id_is_refused_and_recorded() throws Exception {
        drop("WO-1");
        recordsSoFar();
        var other = BusSamples.with(order("WO-1", "CLC"), inline(bytes(9, 9)));
        var refused = catchThrowableOfType(BusException.class, () -> ledger.arrived(other, acknowledgement(other)));
        assertThat(refused.kind()).isEqualTo(BusException.Kind.REFUSED);
        assertThat(refused).hasMessageContaining("WO-1").hasMessageContaining("checksums");
        assertThat(onlyRecord().event()).isEqualTo("ack_refused");
        assertThat(state("WO-1")).isEqualTo(OrderState.DROPPED);

        var elsewhere = order("WO-1", "CLD");
        assertThat(catchThrowableOfType(
                        BusException.class, () -> ledger.arrived(elsewhere, acknowledgement(elsewhere))))
                .hasMessageContaining("inbox CLC");
        var alike = order("wo-1", "CLC");
        assertThat(catchThrowableOfType(BusException.class, () -> ledger.arrived(alike, acknowledgement(alike))))
                .hasMessageContaining("case");
    }

    @Test
    void a_linked_node_tells_the_sender_and_tells_it_again_when_the_order_comes_again() throws Exception {
        restartLinked();
        var order = order("WO-1", "CLC");
        ledger.arrived(order, acknowledgement(order));
        assertThat(ledger.outgoing(10)).containsExactly(new Outgoing.Acked(1, acknowledgement(order)));
        ledger.sent(List.of(1L));
        assertThat(ledger.arrived(order, acknowledgement(order))).isFalse();
        assertThat(ledger.outgoing(10)).containsExactly(new Outgoing.Acked(2, acknowledgement(order)));
        assertThat(events()).containsExactly("wo_delivered");
    }

    @Test
    void an_order_that_was_received_here_is_no_longer_to_be_sent() throws Exception {
        restartLinked();
        var order = deliver("WO-1");
        assertThat(ledger.outgoing(10)).containsExactly(new Outgoing.Acked(2, acknowledgement(order)));
        ledger.sent(List.of(2L));
        ledger.sendAgain();
        assertThat(ledger.outgoing(10)).isEmpty();
    }

    @Test
    void what_was_cancelled_on_its_way_stays_so_though_it_arrived() throws Exception {
        var order = drop("WO-1");
        change("WO-1", new Change.Cancel("ops"));
        assertThat(ledger.waiting("CLC", 10, List.of())).isEmpty();
        assertThat(ledger.arrived(order, acknowledgement(order))).isTrue();
        assertThat(state("WO-1")).isEqualTo(OrderState.DEAD);
        assertThat(row("WO-1").reason()).isEqualTo("cancelled by ops");
        assertThat(row("WO-1").acknowledgement()).isPresent();
        assertThat(ledger.workable("CLC", 10)).isEmpty();
        change("WO-1", new Change.Retry("ops"));
        assertThat(state("WO-1")).isEqualTo(OrderState.DELIVERED);
    }

    @Test
    void an_order_in_quarantine_is_dead_and_can_be_delivered_once_more() throws Exception {
        var order = drop("WO-1");
        recordsSoFar();
        ledger.quarantined(order, "the payload is another one");
        var row = row("WO-1");
        assertThat(row.state()).isEqualTo(OrderState.DEAD);
        assertThat(row.reason()).isEqualTo("the payload is another one");
        assertThat(row.acknowledgement()).isEmpty();
        var owed = onlyRecord();
        assertThat(owed.event()).isEqualTo("wo_quarantined");
        assertThat(owed.fields())
                .containsEntry("wo_id", "WO-1")
                .containsEntry("reason", "the payload is another one")
                .containsEntry("sha256_body", order.body().sha256());
        ledger.quarantined(order, "again");
        assertThat(ledger.owed(10)).isEmpty();

        change("WO-1", new Change.Retry("ops"));
        assertThat(ledger.waiting("CLC", 10, List.of())).containsExactly(order);
    }

    @Test
    void an_order_that_came_well_after_its_quarantine_is_delivered() throws Exception {
        var order = order("WO-1", "CLC");
        ledger.quarantined(order, "the payload is another one");
        assertThat(row("WO-1").origin()).isEqualTo(OrderRow.Origin.BUS);
        assertThat(refusal("WO-1", new Change.Retry("ops"))).contains("not kept here");
        assertThat(ledger.arrived(order, acknowledgement(order))).isTrue();
        assertThat(state("WO-1")).isEqualTo(OrderState.DELIVERED);
        assertThat(row("WO-1").reason()).isEmpty();
        assertThat(events()).containsExactly("wo_quarantined", "wo_delivered");
    }

    @Test
    void what_was_delivered_cannot_be_put_into_quarantine() throws Exception {
        var order = deliver("WO-1");
        ledger.quarantined(order, "a bad copy came later");
        assertThat(state("WO-1")).isEqualTo(OrderState.DELIVERED);
    }

    @Test
    void a_bad_order_does_not_end_another_one_of_its_id() throws Exception {
        drop("WO-1");
        ledger.quarantined(BusSamples.with(order("WO-1", "CLC"), inline(bytes(9, 9))), "not what was sent");
        assertThat(state("WO-1")).isEqualTo(OrderState.DROPPED);
    }

    @Test
    void a_folder_that_was_found_is_delivered_and_recorded_as_found() throws Exception {
        var lies = order("WO-1", "CLC");
        assertThat(ledger.found(found(lies), acknowledgement(lies))).isTrue();
        assertThat(row("WO-1").origin()).isEqualTo(OrderRow.Origin.FOUND);
        assertThat(ledger.workable("CLC", 10)).hasSize(1);
        var owed = onlyRecord();
        assertThat(owed.event()).isEqualTo("wo_found");
        assertThat(owed.fields()).containsEntry("from", "CLS").containsEntry("sha256_wo", lies.sha256());
        assertThat(ledger.found(found(lies), acknowledgement(lies))).isFalse();
        assertThat(ledger.owed(10)).isEmpty();
    }

    @Test
    void a_folder_that_was_changed_after_its_delivery_is_known_already() throws Exception {
        deliver("WO-1");
        recordsSoFar();
        var changed = BusSamples.with(order("WO-1", "CLC"), inline(bytes(9, 9)));
        assertThat(ledger.found(found(changed), acknowledgement(changed))).isFalse();
        assertThat(ledger.owed(10)).isEmpty();
    }

    @Test
    void a_folder_that_has_the_id_of_another_order_is_refused() throws Exception {
        drop("WO-1");
        recordsSoFar();
        var other = BusSamples.with(order("WO-1", "CLC"), inline(bytes(9, 9)));
        assertThat(catchThrowableOfType(BusException.class, () -> ledger.found(found(other), acknowledgement(other))))
                .hasMessageContaining("WO-1")
                .extracting(BusException::kind)
                .isEqualTo(BusException.Kind.REFUSED);
        assertThat(ledger.owed(10)).isEmpty();
        assertThat(state("WO-1")).isEqualTo(OrderState.DROPPED);
    }
}
