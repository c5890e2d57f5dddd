package dev.steward.bus.ledger;

import dev.steward.bus.Heading;
import dev.steward.bus.OrderQuery;
import dev.steward.bus.OrderRow;
import dev.steward.bus.OrderState;
import dev.steward.bus.WorkOrder;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The questions about many orders. Each has an index that answers it fast among a million. */
final class Finding {
    private Finding() {}

    /** For an inbox, by priority, then by age; not those of these ids. */
    static List<WorkOrder> waiting(Statements on, String inbox, int most, Collection<String> without, Path folder)
            throws SQLException {
        var left = without instanceof Set<String> set ? set : new HashSet<>(without);
        var found = new ArrayList<WorkOrder>();
        // Row by row, since a payload that isn't asked for isn't read.
        try (ResultSet row = on.open(
                Rows.WORK_ORDER + " WHERE w.inbox = ? AND w.state = 'dropped' ORDER BY w.priority, w.seq",
                Heading.inbox(inbox))) {
            while (found.size() < most && row.next()) {
                if (!left.contains(row.getString("id"))) {
                    found.add(Rows.workOrder(row, folder));
                }
            }
        }
        return found;
    }

    /** Of an inbox of this node, on which work may begin now. */
    static List<OrderRow> workable(Statements on, String inbox, int most, Instant now) throws SQLException {
        return on.list(Rows::order, Rows.ORDER + """
                         WHERE w.inbox = ? AND w.here = 1 AND w.state IN ('delivered', 'failed')
                        AND (w.due_ns IS NULL OR w.due_ns <= ?) ORDER BY w.priority, w.seq LIMIT ?""", Heading.inbox(inbox), Rows.nanos(now), most);
    }

    /** Newest first. */
    static List<OrderRow> orders(Statements on, OrderQuery query) throws SQLException {
        var rows = new ArrayList<OrderRow>();
        for (long seq : seqs(on, query)) {
            on.first(Rows::order, Rows.ORDER + " WHERE w.seq = ?", seq).ifPresent(rows::add);
        }
        return rows;
    }

    private static List<Long> seqs(Statements on, OrderQuery query) throws SQLException {
        long below = query.below().orElse(Long.MAX_VALUE);
        long from = query.since().isPresent() ? firstSince(on, query.since().get()) : 0;
        if (query.states().isEmpty() && query.to().isEmpty() && query.before().isEmpty()) {
            return on.list(
                    Finding::seq,
                    "SELECT seq FROM wo WHERE seq >= ? AND seq < ? AND since_ns >= ? ORDER BY seq DESC LIMIT ?",
                    from,
                    below,
                    since(query),
                    query.most());
        }
        // State by state, since of one state an index holds the orders by age.
        var seqs = new ArrayList<Long>();
        for (var state : query.states().isEmpty() ? EnumSet.allOf(OrderState.class) : query.states()) {
            seqs.addAll(ofState(on, state, query, from, below));
        }
        return seqs.stream()
                .sorted(Comparator.reverseOrder())
                .limit(query.most())
                .toList();
    }

    private static List<Long> ofState(Statements on, OrderState state, OrderQuery query, long from, long below)
            throws SQLException {
        var sql = new StringBuilder("SELECT seq FROM wo INDEXED BY ");
        var parameters = new ArrayList<Object>();
        sql.append(
                query.to().isPresent() ? "wo_by_inbox" : query.before().isPresent() ? "wo_by_change" : "wo_by_state");
        sql.append(" WHERE state = ? AND seq >= ? AND seq < ? AND since_ns >= ?");
        parameters.addAll(List.of(state.word(), from, below, since(query)));
        if (query.to().isPresent()) {
            sql.append(" AND inbox = ?");
            parameters.add(Heading.inbox(query.to().get()));
        }
        if (query.before().isPresent()) {
            sql.append(" AND changed_ns < ?");
            parameters.add(Rows.nanos(query.before().get()));
        }
        parameters.add(query.most());
        return on.list(Finding::seq, sql.append(" ORDER BY seq DESC LIMIT ?").toString(), parameters.toArray());
    }

    private static long since(OrderQuery query) {
        return query.since().map(Rows::nanos).orElse(Long.MIN_VALUE);
    }

    /** No order below this one is so young: a clock that was set may have given a later order an earlier time. */
    private static long firstSince(Statements on, Instant since) throws SQLException {
        return on.number(
                "SELECT coalesce(min(seq), 9223372036854775807) FROM wo WHERE since_ns >= ?", Rows.nanos(since));
    }

    private static long seq(ResultSet row) throws SQLException {
        return row.getLong(1);
    }
}
