package dev.steward.bus.ledger;

import dev.steward.bus.OrderRow;
import dev.steward.bus.OrderState;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

/** What is to be sent over Redis. */
final class Sending {
    static final String ORDER = "order";
    static final String ACKED = "acked";
    static final String ANSWERED = "answered";
    static final String QUARANTINED = "quarantined";
    static final String WITHDRAWN = "withdrawn";

    /** At once, so that others can write in between. */
    static final int CHUNK = 100;

    static final String NEXT = """
            SELECT o.seq AS outgoing_seq, o.kind, w.*, p.envelope, p.body_file, p.body, p.spool,
                r.success, r.worker AS result_by, r.attempt AS result_attempt, r.took_ns, r.exit,
                r.reason AS result_reason, r.output, r.at_ns AS result_ns
            FROM outgoing o INDEXED BY outgoing_next JOIN wo w ON w.seq = o.wo
                LEFT JOIN payload p ON p.wo = o.wo LEFT JOIN result r ON r.wo = o.wo
            WHERE o.kind = ? ORDER BY o.priority, o.seq LIMIT ?""";

    static final String ANY = "SELECT seq FROM outgoing INDEXED BY outgoing_next WHERE kind = ? LIMIT 1";

    static final String AGAIN = """
            SELECT w.seq FROM wo w INDEXED BY wo_by_state JOIN payload p ON p.wo = w.seq
            WHERE w.state = 'dropped' AND w.origin = ? AND w.seq > ? ORDER BY w.seq LIMIT ?""";

    static final String ANSWERED_AGAIN = """
            SELECT w.seq FROM wo w INDEXED BY wo_by_state JOIN result r ON r.wo = w.seq
            WHERE w.state = ? AND w.seq > ? AND w.changed_ns >= ? AND w.origin = ? ORDER BY w.seq LIMIT ?""";

    private static final String ADD = " INTO outgoing (kind, wo, priority)"
            + " SELECT ?1, w.seq, iif(?1 = 'order', w.priority, '') FROM wo w WHERE w.seq = ?2";

    private Sending() {}

    /** Adds it at the end, under a new number: should it wait there already, what was read of it is out of date. */
    static void add(Transaction in, String kind, long wo) throws SQLException {
        in.touch();
        in.on().update("INSERT OR REPLACE" + ADD, kind, wo);
    }

    private static void addOnce(Transaction in, String kind, long wo) throws SQLException {
        in.touch();
        in.on().update("INSERT OR IGNORE" + ADD, kind, wo);
    }

    /** Should it wait there, nobody needs to know it any more. */
    static void remove(Statements on, String kind, long wo) throws SQLException {
        on.update("DELETE FROM outgoing WHERE wo = ? AND kind = ?", wo, kind);
    }

    /** Neither messages nor orders keep the others waiting: if there are many of both, half of each. */
    static List<Outgoing> next(Statements on, int most, Set<Outgoing.Kind> without, Path folder) throws SQLException {
        var messages = new ArrayList<Outgoing>();
        for (var kind : EnumSet.complementOf(EnumSet.of(Outgoing.Kind.ORDER))) {
            if (!without.contains(kind) && messages.size() < most) {
                messages.addAll(next(on, kind, most - messages.size(), folder));
            }
        }
        if (without.contains(Outgoing.Kind.ORDER)) {
            return messages;
        }
        var orders = next(on, Outgoing.Kind.ORDER, most - Math.min(messages.size(), most / 2), folder);
        var next = new ArrayList<>(messages.subList(0, Math.min(messages.size(), most - orders.size())));
        next.addAll(orders);
        return next;
    }

    private static List<Outgoing> next(Statements on, Outgoing.Kind kind, int most, Path folder) throws SQLException {
        var word = kind.name().toLowerCase(Locale.ROOT);
        // Of most kinds none wait, and all columns for no row cost more than this.
        return on.first(row -> row.getLong(1), ANY, word).isPresent()
                ? on.list(row -> outgoing(row, folder), NEXT, word, most)
                : List.of();
    }

    private static Outgoing outgoing(Row row, Path folder) throws SQLException {
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

    /** Puts them behind all others. */
    static int later(Statements on, Iterable<Long> seqs) throws SQLException {
        int many = 0;
        for (long seq : seqs) {
            many += on.update(
                    "INSERT OR REPLACE INTO outgoing (kind, wo, priority) SELECT kind, wo, priority FROM outgoing WHERE seq = ?",
                    seq);
        }
        return many;
    }

    /** Adds the next orders after this one that nobody acknowledged; gives the last; empty if there are no more. */
    static OptionalLong again(Transaction in, long after) throws SQLException {
        var orders =
                in.on().list(row -> row.getLong(1), AGAIN, Orders.word(OrderRow.Origin.DROPPED_HERE), after, CHUNK);
        for (long seq : orders) {
            addOnce(in, ORDER, seq);
        }
        return last(orders);
    }

    /** The same for results of other nodes' orders that ended so, and changed since then. */
    static OptionalLong answeredAgain(Transaction in, OrderState state, long after, Instant since) throws SQLException {
        var orders = in.on()
                .list(
                        row -> row.getLong(1),
                        ANSWERED_AGAIN,
                        state.word(),
                        after,
                        Rows.nanos(since),
                        Orders.word(OrderRow.Origin.BUS),
                        CHUNK);
        for (long seq : orders) {
            addOnce(in, ANSWERED, seq);
        }
        return last(orders);
    }

    private static OptionalLong last(List<Long> seqs) {
        return seqs.isEmpty() ? OptionalLong.empty() : OptionalLong.of(seqs.getLast());
    }
}
