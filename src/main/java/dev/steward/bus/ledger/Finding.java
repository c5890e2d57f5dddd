package dev.steward.bus.ledger;

import dev.steward.bus.Heading;
import dev.steward.bus.OrderQuery;
import dev.steward.bus.OrderRow;
import dev.steward.bus.OrderState;
import dev.steward.bus.WorkOrder;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The questions about many orders. Each has an index that answers it fast among a million. */
final class Finding {
    /** To be put behind {@link Rows#WORK_ORDER}. */
    static final String WAITING = " WHERE w.inbox = ? AND w.state = 'dropped' ORDER BY w.priority, w.seq";

    /** To be put behind {@link Rows#ORDER}; in the words of the index, else SQLite doesn't use it. */
    static final String WORKABLE = " WHERE w.inbox = ? AND w.here = 1 AND w.state IN ('delivered', 'failed')"
            + " AND (w.due_ns IS NULL OR w.due_ns <= ?) ORDER BY w.priority, w.seq LIMIT ?";

    /** No order below this one is so young: a clock that was set may have given a later order an earlier time. */
    static final String FIRST_SINCE =
            "SELECT coalesce(min(seq), " + Long.MAX_VALUE + ") FROM wo INDEXED BY wo_by_age WHERE since_ns >= ?";

    /** Answered from the index alone, state by state, so that those that are done cost nothing. */
    static final String COUNTS = "SELECT state, count(*) FROM wo INDEXED BY wo_by_inbox WHERE inbox = ?"
            + " AND state IN ('dropped', 'delivered', 'working', 'failed', 'dead') GROUP BY state";

    private Finding() {}

    /** For each of these inboxes, as it is called there. */
    static Map<String, Map<OrderState, Long>> counts(Statements on, Collection<String> inboxes) throws SQLException {
        var all = new HashMap<String, Map<OrderState, Long>>();
        for (var inbox : inboxes) {
            var states = new EnumMap<OrderState, Long>(OrderState.class);
            on.visit(
                    row -> {
                        states.put(Rows.state(row), row.getLong(2));
                        return true;
                    },
                    COUNTS,
                    Heading.inbox(inbox));
            all.put(inbox, states);
        }
        return all;
    }

    /** For an inbox, by priority, then by age; not those of these ids. */
    static List<WorkOrder> waiting(Statements on, String inbox, int most, Collection<String> without, Path folder)
            throws SQLException {
        var left = without instanceof Set<String> set ? set : new HashSet<>(without);
        var found = new ArrayList<WorkOrder>();
        if (most < 1) {
            return found;
        }
        // Row by row, since a payload that isn't asked for isn't read.
        on.visit(
                row -> {
                    if (!left.contains(row.getString("id"))) {
                        found.add(Rows.workOrder(row, folder));
                    }
                    return found.size() < most;
                },
                Rows.WORK_ORDER + WAITING,
                Heading.inbox(inbox));
        return found;
    }

    /** Of an inbox of this node, on which work may begin now. */
    static List<OrderRow> workable(Statements on, String inbox, int most, Instant now) throws SQLException {
        return on.list(Rows::order, Rows.ORDER + WORKABLE, Heading.inbox(inbox), Rows.nanos(now), most);
    }

    /** Newest first. */
    static List<OrderRow> orders(Statements on, OrderQuery query) throws SQLException {
        long from = query.since().isPresent()
                ? on.number(FIRST_SINCE, Rows.nanos(query.since().get()))
                : 0;
        var seqs = new ArrayList<Long>();
        // State by state, since of one state an index holds the orders by age.
        for (var state : query.states().isEmpty() ? EnumSet.allOf(OrderState.class) : query.states()) {
            seqs.addAll(on.list(row -> row.getLong(1), ofState(query), parameters(query, state, from)));
        }
        seqs.sort(Comparator.reverseOrder());
        var rows = new ArrayList<OrderRow>();
        for (long seq : seqs.subList(0, Math.min(seqs.size(), query.most()))) {
            on.first(Rows::order, Rows.ORDER + " WHERE w.seq = ?", seq).ifPresent(rows::add);
        }
        return rows;
    }

    static String ofState(OrderQuery query) {
        String index = query.to().isPresent() ? "wo_by_inbox" : "wo_by_state";
        return "SELECT seq FROM wo INDEXED BY " + index + " WHERE state = ? AND seq >= ? AND seq < ?"
                + (query.since().isPresent() ? " AND since_ns >= ?" : "")
                + (query.to().isPresent() ? " AND inbox = ?" : "")
                + (query.before().isPresent() ? " AND changed_ns < ?" : "")
                + " ORDER BY seq DESC LIMIT ?";
    }

    private static Object[] parameters(OrderQuery query, OrderState state, long from) {
        var parameters =
                new ArrayList<Object>(List.of(state.word(), from, query.below().orElse(Long.MAX_VALUE)));
        query.since().ifPresent(since -> parameters.add(Rows.nanos(since)));
        query.to().ifPresent(to -> parameters.add(Heading.inbox(to)));
        query.before().ifPresent(before -> parameters.add(Rows.nanos(before)));
        parameters.add(query.most());
        return parameters.toArray();
    }
}
