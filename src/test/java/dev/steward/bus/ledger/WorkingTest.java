package dev.steward.bus.ledger;

import static dev.steward.bus.BusSamples.acknowledgement;
import static dev.steward.bus.BusSamples.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.steward.bus.BusSamples;
import dev.steward.bus.Change;
import dev.steward.bus.Expected;
import dev.steward.bus.OrderState;
import dev.steward.bus.Result;
import dev.steward.bus.Work;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class WorkingTest extends LedgerRig {
    private static final Change BEGIN = new Change.Begin(WORK);
    private static final Change CANCEL = new Change.Cancel("ops");

    @Test
    void work_begins_and_is_done() throws Exception {
        deliver("WO-1");
        recordsSoFar();
        change("WO-1", BEGIN);
        assertThat(row("WO-1"))
                .returns(OrderState.WORKING, row -> row.state())
                .returns(1, row -> row.attempt())
                .returns(Optional.of(WORK), row -> row.work());
        assertThat(ledger.workable("CLC", 10)).isEmpty();
        change("WO-1", new Change.Done(good(1)));
        assertThat(row("WO-1"))
                .returns(OrderState.DONE, row -> row.state())
                .returns(1, row -> row.attempt())
                .returns(Optional.empty(), row -> row.work())
                .returns(Optional.of(good(1)), row -> row.result());

        var owed = recordsSoFar();
        assertThat(owed).extracting(Owed::event).containsExactly("wo_working", "wo_done");
        assertThat(owed.getFirst().fields())
                .containsExactly(
                        entry("wo_id", "WO-1"),
                        entry("to", "CLC"),
                        entry("worker", "clc"),
                        entry("pid", 4711L),
                        entry("attempt", 1L));
        assertThat(owed.getLast().fields())
                .containsExactly(
                        entry("wo_id", "WO-1"),
                        entry("to", "CLC"),
                        entry("by", "clc"),
                        entry("attempt", 1L),
                        entry("took_ms", 5_250L),
                        entry("exit", 0L));
    }

    @Test
    void what_failed_is_workable_again_when_it_is_due() throws Exception {
        deliver("WO-1");
        change("WO-1", BEGIN);
        recordsSoFar();
        change("WO-1", failedOnce(Duration.ofMinutes(5)));
        assertThat(row("WO-1"))
                .returns(OrderState.FAILED, row -> row.state())
                .returns("exit status 3", row -> row.reason())
                .returns(Optional.of(now.plusSeconds(300)), row -> row.due());
        assertThat(ledger.workable("CLC", 10)).isEmpty();
        now = now.plusSeconds(299);
        assertThat(ledger.workable("CLC", 10)).isEmpty();
        now = now.plusSeconds(1);
        assertThat(ledger.workable("clc", 10))
                .extracting(row -> row.heading().id())
                .containsExactly("WO-1");
        change("WO-1", BEGIN);
        assertThat(row("WO-1").attempt()).isEqualTo(2);
        assertThat(row("WO-1").due()).isEmpty();
        change("WO-1", new Change.Failed(bad(2), Optional.empty()));
        assertThat(state("WO-1")).isEqualTo(OrderState.DEAD);
        var owed = recordsSoFar();
        assertThat(owed).extracting(Owed::event).containsExactly("wo_failed", "wo_working", "wo_dead");
        assertThat(owed.getLast().fields())
                .containsEntry("reason", "exit status 3")
                .containsEntry("exit", 3L);
    }

    @Test
    void orders_are_workable_by_priority_and_then_by_age() throws Exception {
        for (var each : List.of("3:P3", "1:P1", "0:P0", "4:P3", "2:P1")) {
            var order = drop(BusSamples.order("WO-" + each.charAt(0), "CLC", each.substring(2)));
            ledger.arrived(order, acknowledgement(order));
        }
        assertThat(ledger.workable("CLC", 4))
                .extracting(row -> row.heading().id())
                .containsExactly("WO-0", "WO-1", "WO-2", "WO-3");
        assertThat(ledger.workable("CLD", 4)).isEmpty();
    }

    @Test
    void a_foreign_program_may_answer_without_having_begun() throws Exception {
        deliver("WO-1");
        change("WO-1", new Change.Done(good(0)));
        assertThat(state("WO-1")).isEqualTo(OrderState.DONE);
        assertThat(row("WO-1").attempt()).isZero();
    }

    @Test
    void a_change_that_makes_no_sense_is_refused_and_changes_nothing() throws Exception {
        drop("WO-1");
        recordsSoFar();
        var before = row("WO-1");
        now = now.plusSeconds(1);
        assertThat(refusal("WO-1", BEGIN)).contains("dropped");
        assertThat(row("WO-1")).isEqualTo(before);
        assertThat(ledger.owed(10)).isEmpty();
        assertThat(ledger.change("WO-2", BEGIN)).isEmpty();
        assertThat(ledger.change("wo-1", CANCEL)).isEmpty();
    }

    @Test
    void of_two_that_begin_at_once_one_is_refused() throws Exception {
        deliver("WO-1");
        change("WO-1", BEGIN);
        assertThat(refusal("WO-1", BEGIN)).contains("working");
        assertThat(row("WO-1").attempt()).isEqualTo(1);
    }

    @Test
    void what_was_interrupted_is_no_failure() throws Exception {
        deliver("WO-1");
        change("WO-1", BEGIN);
        change("WO-1", new Change.Failed(bad(1), Optional.of(now), true, new Expected.Nothing()));
        assertThat(row("WO-1")).returns(1, row -> row.attempt()).returns(0, row -> row.failures());
        change("WO-1", BEGIN);
        change("WO-1", failedOnce(Duration.ZERO));
        restart();
        assertThat(row("WO-1")).returns(2, row -> row.attempt()).returns(1, row -> row.failures());
    }

    @Test
    void the_result_of_an_attempt_that_was_given_up_is_refused() throws Exception {
        deliver("WO-1");
        change("WO-1", BEGIN);
        change("WO-1", CANCEL);
        change("WO-1", new Change.Retry("ops"));
        recordsSoFar();
        var stale = new Change.Done(good(1), new Expected.WorkedOnBy(WORK));
        assertThat(refusal("WO-1", stale)).contains("meanwhile", "delivered");
        assertThat(ledger.owed(10)).isEmpty();
        change("WO-1", new Change.Begin(new Work("clc", WORK.pid() + 1, WORK.start(), WORK.boot(), WORK.since())));
        assertThat(refusal("WO-1", stale)).contains("meanwhile", "working");
        assertThat(state("WO-1")).isEqualTo(OrderState.WORKING);
    }

    @Test
    void the_result_of_the_attempt_that_is_expected_counts() throws Exception {
        deliver("WO-1");
        change("WO-1", BEGIN);
        var later = new Work(
                "clc", WORK.pid(), WORK.start(), WORK.boot(), WORK.since().plusNanos(1));
        change("WO-1", new Change.Done(good(1), new Expected.WorkedOnBy(later)));
        assertThat(state("WO-1")).isEqualTo(OrderState.DONE);
    }

    @Test
    void what_changed_since_somebody_read_it_is_not_abandoned() throws Exception {
        deliver("WO-1");
        var read = row("WO-1");
        now = now.plusSeconds(1);
        change("WO-1", BEGIN);
        assertThat(refusal("WO-1", new Change.Abandon("rule", "old", new Expected.Unchanged(read.changed()))))
                .contains("meanwhile");
        assertThat(state("WO-1")).isEqualTo(OrderState.WORKING);
        change("WO-1", new Change.Abandon("rule", "old", new Expected.Unchanged(now)));
        assertThat(state("WO-1")).isEqualTo(OrderState.ABANDONED);
    }

    @Test
    void what_was_cancelled_before_its_delivery_can_be_delivered_after_all() throws Exception {
        var order = drop("WO-1");
        recordsSoFar();
        change("WO-1", CANCEL);
        assertThat(row("WO-1").reason()).isEqualTo("cancelled by ops");
        assertThat(ledger.waiting("CLC", 10, List.of())).isEmpty();
        change("WO-1", new Change.Retry("lea"));
        assertThat(ledger.waiting("CLC", 10, List.of())).containsExactly(order);
        var owed = recordsSoFar();
        assertThat(owed).extracting(Owed::event).containsExactly("wo_cancelled", "wo_retry");
        assertThat(owed.getFirst().fields()).containsEntry("by", "ops");
        assertThat(owed.getLast().fields()).containsEntry("by", "lea").containsEntry("state", "dropped");
    }

    @Test
    void what_died_is_workable_again_after_a_retry_and_its_old_result_is_gone() throws Exception {
        deliver("WO-1");
        change("WO-1", BEGIN);
        change("WO-1", new Change.Failed(bad(1), Optional.empty()));
        change("WO-1", new Change.Retry("ops"));
        assertThat(row("WO-1"))
                .returns(OrderState.DELIVERED, row -> row.state())
                .returns(1, row -> row.attempt())
                .returns(Optional.empty(), row -> row.result());
        assertThat(ledger.workable("CLC", 10)).hasSize(1);
    }

    @Test
    void nobody_works_any_more_on_what_was_cancelled_or_abandoned() throws Exception {
        for (var id : List.of("WO-1", "WO-2")) {
            deliver(id);
            change(id, BEGIN);
            assertThat(row(id).work()).contains(WORK);
        }
        change("WO-1", CANCEL);
        change("WO-2", new Change.Abandon("rule", "old"));
        assertThat(row("WO-1").work()).isEmpty();
        assertThat(row("WO-2").work()).isEmpty();
    }

    @Test
    void an_order_that_was_cancelled_says_why() throws Exception {
        deliver("WO-1");
        recordsSoFar();
        change("WO-1", new Change.Cancel("ops", "wrong inbox"));
        assertThat(row("WO-1").reason()).isEqualTo("cancelled by ops: wrong inbox");
        assertThat(onlyRecord().fields()).containsEntry("by", "ops").containsEntry("reason", "wrong inbox");
    }

    @Test
    void an_order_that_was_abandoned_says_why() throws Exception {
        deliver("WO-1");
        recordsSoFar();
        change("WO-1", new Change.Abandon("rule", "30 days old"));
        assertThat(state("WO-1")).isEqualTo(OrderState.ABANDONED);
        assertThat(row("WO-1").reason()).isEqualTo("30 days old");
        var owed = onlyRecord();
        assertThat(owed.event()).isEqualTo("wo_abandoned");
        assertThat(owed.fields()).containsEntry("by", "rule").containsEntry("reason", "30 days old");
    }

    @Test
    void a_linked_node_tells_how_an_order_ended_and_not_each_attempt() throws Exception {
        restartLinked();
        deliver("WO-1");
        ledger.sent(ledger.outgoing(10).stream().map(Outgoing::seq).toList());
        change("WO-1", failedOnce(Duration.ZERO));
        assertThat(ledger.outgoing(10)).isEmpty();
        change("WO-1", new Change.Failed(bad(2), Optional.empty()));
        assertThat(ledger.outgoing(10))
                .map(each -> ((Outgoing.Answered) each).result())
                .containsExactly(bad(2));
        change("WO-1", new Change.Retry("ops"));
        assertThat(ledger.outgoing(10)).isEmpty();
        change("WO-1", new Change.Done(good(3)));
        assertThat(ledger.outgoing(10))
                .map(each -> ((Outgoing.Answered) each).result())
                .containsExactly(good(3));
    }

    @Test
    void results_of_orders_of_other_nodes_are_told_again_if_asked_for() throws Exception {
        restartLinked();
        for (var id : List.of("WO-old", "WO-good", "WO-bad")) {
            var order = order(id, "CLC");
            assertThat(ledger.arrived(order, acknowledgement(order))).isTrue();
            change(id, id.equals("WO-bad") ? new Change.Failed(bad(1), Optional.empty()) : new Change.Done(good(1)));
            now = now.plus(Duration.ofMinutes(1));
        }
        deliver("WO-mine");
        change("WO-mine", new Change.Done(good(1)));
        ledger.sent(ledger.outgoing(10).stream().map(Outgoing::seq).toList());
        assertThat(ledger.outgoing(10)).isEmpty();

        ledger.answerAgain(now.minus(Duration.ofMinutes(2)));
        ledger.answerAgain(now.minus(Duration.ofMinutes(2)));

        assertThat(ledger.outgoing(10))
                .map(each -> ((Outgoing.Answered) each).id())
                .containsExactlyInAnyOrder("WO-good", "WO-bad");
    }

    @Test
    void an_order_to_be_sent_that_was_cancelled_is_not_sent_but_withdrawn() throws Exception {
        restartLinked();
        var order = drop("WO-1");
        change("WO-1", CANCEL);
        assertThat(ledger.outgoing(10)).containsExactly(new Outgoing.Withdrawn(2, "WO-1", "clc"));
        change("WO-1", new Change.Retry("ops"));
        assertThat(ledger.outgoing(10))
                .map(each -> ((Outgoing.Order) each).order())
                .containsExactly(order);
    }

    @Test
    void of_a_long_output_the_end_is_kept() throws Exception {
        deliver("WO-1");
        var output = "x".repeat(Result.OUTPUT_LIMIT) + "the end";
        change(
                "WO-1",
                new Change.Done(
                        new Result(true, "clc", 1, Duration.ofDays(400_000), OptionalInt.empty(), "", output, now)));
        var kept = row("WO-1").result().orElseThrow();
        assertThat(kept.output()).hasSize(Result.OUTPUT_LIMIT).endsWith("the end");
        assertThat(kept.exit()).isEmpty();
    }
}
