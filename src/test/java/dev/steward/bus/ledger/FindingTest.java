package dev.steward.bus.ledger;

import static dev.steward.bus.BusSamples.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.BusException;
import dev.steward.bus.Change;
import dev.steward.bus.OrderQuery;
import dev.steward.bus.OrderState;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FindingTest extends LedgerRig {
    private static final OrderQuery ALL =
            new OrderQuery(Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), 100);

    private List<String> ids(OrderQuery query) throws BusException {
        return ledger.orders(query).stream().map(row -> row.heading().id()).toList();
    }

    private static OrderQuery to(String inbox) {
        return new OrderQuery(Set.of(), Optional.of(inbox), Optional.empty(), Optional.empty(), 100);
    }

    @Test
    void orders_come_newest_first_and_page_by_page() throws Exception {
        for (int i = 0; i < 7; i++) {
            drop("WO-" + i);
        }
        var query = new OrderQuery(Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), 3);
        assertThat(ids(query)).containsExactly("WO-6", "WO-5", "WO-4");
        var last = ledger.orders(query).getLast().seq();
        assertThat(ids(query.below(last))).containsExactly("WO-3", "WO-2", "WO-1");
        var inState = OrderQuery.in(EnumSet.of(OrderState.DROPPED, OrderState.DEAD), 3);
        assertThat(ids(inState.below(last))).containsExactly("WO-3", "WO-2", "WO-1");
        assertThat(ids(inState.below(1))).isEmpty();
    }

    @Test
    void orders_are_found_by_state_and_inbox() throws Exception {
        drop("WO-1");
        deliver("WO-2");
        drop(order("WO-3", "cld"));
        drop(order("WO-4", "clc"));
        change("WO-4", new Change.Cancel("ops"));
        assertThat(ids(ALL)).containsExactly("WO-4", "WO-3", "WO-2", "WO-1");
        assertThat(ids(OrderQuery.in(EnumSet.of(OrderState.DROPPED), 10))).containsExactly("WO-3", "WO-1");
        assertThat(ids(OrderQuery.in(EnumSet.of(OrderState.DEAD, OrderState.DELIVERED), 10)))
                .containsExactly("WO-4", "WO-2");
        assertThat(ids(to("CLC"))).containsExactly("WO-4", "WO-2", "WO-1");
        assertThat(ids(to("CLD"))).containsExactly("WO-3");
        assertThat(ids(to("CL"))).isEmpty();
    }

    @Test
    void orders_of_an_inbox_are_counted_by_state_as_long_as_somebody_waits_for_them() throws Exception {
        drop("WO-1");
        drop("WO-2");
        deliver("WO-3");
        drop(order("WO-4", "cld"));
        change("WO-4", new Change.Cancel("ops"));
        drop("WO-5");
        change("WO-5", new Change.Abandon("ops", "old"));
        assertThat(ledger.counts(List.of("CLC", "CLD", "OCR")))
                .containsOnly(
                        Map.entry("CLC", Map.of(OrderState.DROPPED, 2L, OrderState.DELIVERED, 1L)),
                        Map.entry("CLD", Map.of(OrderState.DEAD, 1L)),
                        Map.entry("OCR", Map.of()));
    }

    @Test
    void orders_are_found_by_when_this_node_learned_of_them_and_when_they_changed() throws Exception {
        var begin = now;
        for (int i = 0; i < 5; i++) {
            now = begin.plus(Duration.ofHours(i));
            drop("WO-" + i);
        }
        change("WO-0", new Change.Cancel("ops"));
        var since = new OrderQuery(
                Set.of(), Optional.empty(), Optional.of(begin.plus(Duration.ofHours(3))), Optional.empty(), 100);
        assertThat(ids(since)).containsExactly("WO-4", "WO-3");
        var before = new OrderQuery(
                Set.of(), Optional.empty(), Optional.empty(), Optional.of(begin.plus(Duration.ofHours(2))), 100);
        assertThat(ids(before)).containsExactly("WO-1");
        var both = new OrderQuery(
                EnumSet.of(OrderState.DROPPED),
                Optional.of("clc"),
                Optional.of(begin.plus(Duration.ofHours(1))),
                Optional.of(begin.plus(Duration.ofHours(3))),
                100);
        assertThat(ids(both)).containsExactly("WO-2", "WO-1");
    }

    @Test
    void an_order_is_found_by_its_time_though_the_clock_was_set_back() throws Exception {
        drop("WO-early");
        now = now.plus(Duration.ofHours(5));
        drop("WO-ahead");
        now = now.minus(Duration.ofHours(3));
        drop("WO-back");
        var since = new OrderQuery(
                Set.of(), Optional.empty(), Optional.of(now.plus(Duration.ofHours(1))), Optional.empty(), 100);
        assertThat(ids(since)).containsExactly("WO-ahead");
        var earlier = new OrderQuery(Set.of(), Optional.empty(), Optional.of(now), Optional.empty(), 100);
        assertThat(ids(earlier)).containsExactly("WO-back", "WO-ahead");
    }

    @Test
    void what_waits_is_given_without_those_that_are_known() throws Exception {
        for (int i = 0; i < 6; i++) {
            drop("WO-" + i);
        }
        assertThat(ledger.waiting("CLC", 2, List.of("WO-0", "WO-2", "WO-9")))
                .extracting(each -> each.id())
                .containsExactly("WO-1", "WO-3");
    }

    /** The plans, since a million orders would take too long to make here. */
    @Test
    void no_question_looks_at_all_orders() throws Exception {
        try (var sqlite = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            var plans = new ArrayList<String>();
            for (var sql : List.of(
                    Rows.ORDER + " WHERE w.id_key = 'x'",
                    Rows.WORK_ORDER + Finding.WAITING,
                    Rows.ORDER + Finding.WORKABLE,
                    Sending.AGAIN,
                    Sending.ANSWERED_AGAIN,
                    Sending.NEXT,
                    Sending.ANY,
                    Finding.COUNTS,
                    Finding.FIRST_SINCE,
                    Finding.ofState(to("CLC")),
                    Finding.ofState(OrderQuery.in(EnumSet.of(OrderState.DONE), 10)),
                    "SELECT spool FROM payload WHERE spool IS NOT NULL")) {
                try (var statement = sqlite.prepareStatement("EXPLAIN QUERY PLAN " + sql);
                        var plan = statement.executeQuery()) {
                    while (plan.next()) {
                        plans.add(plan.getString("detail") + "  IN  " + sql);
                    }
                }
            }
            assertThat(plans).noneMatch(plan -> plan.startsWith("SCAN w ") || plan.startsWith("SCAN wo "));
            assertThat(plans).noneMatch(plan -> plan.startsWith("USE TEMP B-TREE"));
        }
    }
}
