package dev.steward.bus.ledger;

import static dev.steward.bus.BusSamples.acknowledgement;
import static dev.steward.bus.BusSamples.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.steward.bus.Acknowledgement;
import dev.steward.bus.Change;
import dev.steward.bus.Heard;
import dev.steward.bus.OrderState;
import dev.steward.bus.WorkOrder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the one's node does with the words of receivers elsewhere, where the order was dropped. */
class AcknowledgedTest extends LedgerRig {
    private static final String ZEROS = "0".repeat(64);

    @Test
    void an_acknowledgement_of_what_was_dropped_here_is_believed_and_heard() throws Exception {
        restartLinked();
        var order = drop("WO-1");
        recordsSoFar();
        assertThat(ledger.acknowledged(acknowledgement(order))).isTrue();
        assertThat(state("WO-1")).isEqualTo(OrderState.DELIVERED);
        assertThat(ledger.workOrder("WO-1")).isEmpty();
        assertThat(ledger.outgoing(10)).isEmpty();
        assertThat(ledger.unheard("cls", 10)).containsExactly(new Heard(1, acknowledgement(order)));
        assertThat(ledger.owed(10)).isEmpty();

        ledger.heard("CLS", 1);
        assertThat(ledger.unheard("CLS", 10)).isEmpty();
        var owed = onlyRecord();
        assertThat(owed.event()).isEqualTo("ack_received");
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
    void a_second_one_is_believed_and_changes_nothing() throws Exception {
        var order = drop("WO-1");
        ledger.acknowledged(acknowledgement(order));
        ledger.heard("CLS", Long.MAX_VALUE);
        recordsSoFar();
        assertThat(ledger.acknowledged(acknowledgement(order))).isTrue();
        assertThat(ledger.unheard("CLS", 10)).isEmpty();
        assertThat(ledger.owed(10)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"WO-2,CLC,a,a", "wo-1,CLC,a,a", "WO-1,CLD,a,a", "WO-1,CLC,0,a", "WO-1,CLC,a,0"})
    void a_forged_one_is_recorded_and_changes_nothing(String id, String to, String wo, String body) throws Exception {
        var order = drop("WO-1");
        recordsSoFar();
        assertThat(ledger.acknowledged(forged(order, id, to, wo, body))).isFalse();
        assertThat(state("WO-1")).isEqualTo(OrderState.DROPPED);
        assertThat(ledger.workOrder("WO-1")).contains(order);
        assertThat(ledger.unheard("CLS", 10)).isEmpty();
        var owed = onlyRecord();
        assertThat(owed.event()).isEqualTo("ack_refused");
        assertThat(owed.fields()).containsEntry("wo_id", id).containsKey("reason");
    }

    private static Acknowledgement forged(WorkOrder order, String id, String to, String wo, String body) {
        var honest = acknowledgement(order);
        return new Acknowledgement(
                id,
                to,
                honest.by(),
                honest.node(),
                honest.incarnation(),
                honest.at(),
                honest.latencyMs(),
                wo.equals("0") ? ZEROS : honest.sha256Wo(),
                body.equals("0") ? ZEROS : honest.sha256Body());
    }

    @Test
    void one_of_an_order_that_came_from_elsewhere_is_refused() throws Exception {
        var order = order("WO-1", "CLC");
        ledger.arrived(order, acknowledgement(order));
        recordsSoFar();
        assertThat(ledger.acknowledged(acknowledgement(order))).isFalse();
        assertThat(onlyRecord().event()).isEqualTo("ack_refused");
    }

    @Test
    void what_lies_in_an_inbox_of_another_node_is_not_worked_on_here() throws Exception {
        ledger.acknowledged(acknowledgement(drop("WO-1")));
        assertThat(ledger.workable("CLC", 10)).isEmpty();
        for (Change change : List.of(
                new Change.Begin(WORK), new Change.Done(good(1)), new Change.Failed(bad(1), Optional.empty()))) {
            assertThat(refusal("WO-1", change)).contains("another node").contains("studio");
        }
        assertThat(state("WO-1")).isEqualTo(OrderState.DELIVERED);
    }

    @Test
    void an_answer_from_elsewhere_ends_an_order_that_was_acknowledged() throws Exception {
        ledger.acknowledged(acknowledgement(drop("WO-1")));
        ledger.acknowledged(acknowledgement(drop("WO-2")));
        recordsSoFar();
        ledger.answered("WO-1", good(1));
        ledger.answered("WO-2", bad(4));
        ledger.answered("WO-2", bad(4));
        ledger.answered("WO-3", good(1));
        assertThat(state("WO-1")).isEqualTo(OrderState.DONE);
        assertThat(row("WO-1").result()).contains(good(1));
        assertThat(state("WO-2")).isEqualTo(OrderState.DEAD);
        assertThat(row("WO-2").reason()).isEqualTo("exit status 3");
        assertThat(events()).containsExactly("wo_done", "wo_dead");
    }

    @Test
    void an_answer_that_is_heard_before_the_acknowledgement_ends_nothing_until_that_is_heard() throws Exception {
        var order = drop("WO-1");
        ledger.answered("WO-1", good(1));
        assertThat(state("WO-1")).isEqualTo(OrderState.DROPPED);
        assertThat(ledger.workOrder("WO-1")).contains(order);
        ledger.acknowledged(acknowledgement(order));
        assertThat(state("WO-1")).isEqualTo(OrderState.DONE);
        assertThat(row("WO-1").result()).contains(good(1));
    }

    @Test
    void many_are_marked_as_heard_in_their_order() throws Exception {
        for (int i = 0; i < 250; i++) {
            ledger.acknowledged(acknowledgement(drop("WO-" + i)));
        }
        ledger.recorded(Long.MAX_VALUE, "place", "here");
        var heard = ledger.unheard("CLS", 1_000);
        assertThat(heard).hasSize(250);
        ledger.heard("CLS", heard.get(219).seq());
        assertThat(ledger.unheard("CLS", 1_000)).containsExactlyElementsOf(heard.subList(220, 250));
        assertThat(ledger.owed(1_000))
                .extracting(owed -> owed.fields().get("wo_id"))
                .containsExactlyElementsOf(heard.subList(0, 220).stream()
                        .map(each -> (Object) each.acknowledgement().id())
                        .toList());
    }
}
