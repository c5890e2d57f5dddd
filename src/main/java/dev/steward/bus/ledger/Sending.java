package dev.steward.bus.ledger;

import dev.steward.bus.OrderRow;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;

/** What is to be sent over Redis. */
final class Sending {
    static final String ORDER = "order";
    static final String ACKED = "acked";
    static final String ANSWERED = "answered";
    static final String QUARANTINED = "quarantined";
    static final String WITHDRAWN = "withdrawn";

    /** At once, so that others can write in between. */
    static final int CHUNK = 100;

    private static final String QUERY = """
            SELECT o.seq AS outgoing_seq, o.kind, w.*, p.envelope, p.body_file, p.body, p.spool,
                r.success, r.worker AS result_by, r.attempt AS result_attempt, r.took_ns, r.exit,
                r.reason AS result_reason, r.output, r.at_ns AS result_ns
            FROM outgoing o JOIN wo w ON w.seq = o.wo LEFT JOIN payload p ON p.wo = o.wo LEFT JOIN result r ON r.wo = o.wo
            ORDER BY o.seq LIMIT ?""";

    static final String AGAIN = """
            SELECT w.seq FROM wo w INDEXED BY wo_by_state JOIN payload p ON p.wo = w.seq
            WHERE w.state = 'dropped' AND w.origin = ? AND w.seq > ? ORDER BY w.seq LIMIT ?""";

    private Sending() {}

    /** Adds it at the end, under a new number: should it wait there already, what was read of it is out of date. */
    static void add(Transaction in, String kind, long wo) throws SQLException {
        in.touch();
        in.on().update("INSERT OR REPLACE INTO outgoing (kind, wo) VALUES (?, ?)", kind, wo);
    }

    /** Should it wait there, nobody needs to know it any more. */
    static void remove(Statements on, String kind, long wo) throws SQLException {
        on.update("DELETE FROM outgoing WHERE wo = ? AND kind = ?", wo, kind);
    }

    static List<Outgoing> next(Statements on, int most, Path folder) throws SQLException {
        return on.list(row -> outgoing(row, folder), QUERY, most);
    }

    private static Outgoing outgoing(ResultSet row, Path folder) throws SQLException {
        long seq = row.getLong("outgoing_seq");
        return switch (row.getString("kind")) {
            case ORDER -> new Outgoing.Order(seq, Rows.workOrder(row, folder));
            case ACKED -> new Outgoing.Acked(seq, Rows.acknowledgement(row));
            case ANSWERED ->
                new Outgoing.Answered(seq, row.getString("id"), Rows.result(row).orElseThrow());
            case QUARANTINED ->
                new Outgoing.Quarantined(seq, row.getString("id"), Rows.hashes(row), row.getString("reason"));
            case WITHDRAWN -> new Outgoing.Withdrawn(seq, row.getString("id"), row.getString("inbox"));
            case String other -> throw new IllegalStateException("nobody sends " + other);
        };
    }

    /** How many of these there were. */
    static int sent(Statements on, Iterable<Long> seqs) throws SQLException {
        int many = 0;
        for (long seq : seqs) {
            many += on.update("DELETE FROM outgoing WHERE seq = ?", seq);
        }
        return many;
    }

    /** Adds the next orders after this one that nobody acknowledged; gives the last; empty if there are no more. */
    static OptionalLong again(Transaction in, long after) throws SQLException {
        var orders =
                in.on().list(row -> row.getLong(1), AGAIN, Orders.word(OrderRow.Origin.DROPPED_HERE), after, CHUNK);
        for (long seq : orders) {
            in.touch();
            in.on().update("INSERT OR IGNORE INTO outgoing (kind, wo) VALUES (?, ?)", ORDER, seq);
        }
        return orders.isEmpty() ? OptionalLong.empty() : OptionalLong.of(orders.getLast());
    }
}
