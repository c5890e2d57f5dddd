package dev.steward.bus.ledger;

import dev.steward.bus.Acknowledgement;
import dev.steward.bus.Body;
import dev.steward.bus.Heading;
import dev.steward.bus.OrderRow;
import dev.steward.bus.OrderState;
import dev.steward.bus.Result;
import dev.steward.bus.WorkOrder;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The statements that change an order's rows. */
final class Orders {
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private Orders() {}

    /** The order whose id is this one, or differs from it in case only. */
    static Optional<Kept> like(Statements on, String id) throws SQLException {
        return on.first(Rows::kept, Rows.ORDER + " WHERE w.id_key = ?", Checks.key(id));
    }

    static Optional<Kept> find(Statements on, String id) throws SQLException {
        return like(on, id).filter(known -> known.id().equals(id));
    }

    static int remember(Statements on, String key, String word) throws SQLException {
        return on.update("INSERT OR REPLACE INTO word VALUES (?, ?)", key, word);
    }

    static Optional<Standing> standing(Statements on, String id) throws SQLException {
        return on.first(
                row -> new Standing(
                        Rows.origin(row), Rows.state(row), Rows.hashes(row), row.getObject("ack_ns") != null),
                "SELECT origin, state, sha256_wo, sha256_body, ack_ns FROM wo WHERE id_key = ? AND id = ?",
                Checks.key(id),
                id);
    }

    /** A new order; gives its seq. */
    static long insert(
            Transaction in,
            Heading heading,
            OrderRow.Hashes hashes,
            long bodySize,
            OrderRow.Origin origin,
            OrderState state)
            throws SQLException {
        long now = Rows.nanos(in.now());
        in.touch(heading.inbox());
        in.on()
                .update(
                        """
                        INSERT INTO wo (id, id_key, recipient, inbox, sender, priority, title, tags, created_ns,
                            origin, here, state, reason, quarantined, attempt, sha256_wo, sha256_body, body_bytes, since_ns, changed_ns)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, '', 0, 0, ?, ?, ?, ?, ?)""",
                        heading.id(),
                        Checks.key(heading.id()),
                        heading.to(),
                        heading.inbox(),
                        heading.from(),
                        heading.priority(),
                        heading.title(),
                        heading.tags(),
                        Rows.nanos(heading.created()),
                        word(origin),
                        state.word(),
                        hashes.wo(),
                        hashes.body(),
                        bodySize,
                        now,
                        now);
        return in.on().number("SELECT last_insert_rowid()");
    }

    static String word(OrderRow.Origin origin) {
        return origin.name().toLowerCase(Locale.ROOT);
    }

    /** @param folder that a file in it is remembered relative to, so that it can be moved as a whole */
    static void keepPayload(Statements on, long seq, WorkOrder order, Path folder) throws SQLException {
        byte @Nullable [] body = null;
        @Nullable String spool = null;
        switch (order.body().content()) {
            case Body.Content.Inline(var bytes) -> body = bytes.toArray();
            case Body.Content.Spooled(var file) -> spool = remembered(file, folder);
        }
        on.update("INSERT INTO payload VALUES (?, ?, ?, ?, ?)", seq, order.envelope(), order.bodyFile(), body, spool);
    }

    static String remembered(Path file, Path folder) {
        return (file.startsWith(folder) ? folder.relativize(file) : file).toString();
    }

    /** The file of the spool that its payload is in, as remembered; empty if it is in none. */
    static Optional<String> payloadFile(Statements on, long seq) throws SQLException {
        return on.first(row -> row.getString(1), "SELECT spool FROM payload WHERE wo = ? AND spool IS NOT NULL", seq);
    }

    /** Gives the file of the spool that it was in, if it was. */
    static Optional<String> dropPayload(Statements on, long seq) throws SQLException {
        var spool = payloadFile(on, seq);
        on.update("DELETE FROM payload WHERE wo = ?", seq);
        on.update("DELETE FROM outgoing WHERE wo = ? AND kind = 'order'", seq);
        return spool;
    }

    static boolean hasPayload(Statements on, long seq) throws SQLException {
        return on.number("SELECT count(*) FROM payload WHERE wo = ?", seq) > 0;
    }

    /** The state and why it is in it; ends what is known of a quarantine and of a next attempt. */
    static void state(Transaction in, Kept known, OrderState state, String reason) throws SQLException {
        in.touch(known.row().heading().inbox());
        in.touch(Heading.inbox(known.row().heading().from()));
        in.on()
                .update(
                        "UPDATE wo SET state = ?, reason = ?, quarantined = 0, due_ns = NULL, changed_ns = ? WHERE seq = ?",
                        state.word(),
                        reason,
                        Rows.nanos(in.now()),
                        known.seq());
    }

    static void acknowledge(Transaction in, long seq, Acknowledgement by, boolean here) throws SQLException {
        in.on()
                .update(
                        """
                        UPDATE wo SET ack_to = ?, ack_by = ?, ack_node = ?, ack_incarnation = ?, ack_ns = ?, ack_latency_ms = ?,
                            here = ?, changed_ns = ? WHERE seq = ?""",
                        by.to(),
                        by.by(),
                        by.node(),
                        by.incarnation(),
                        Rows.nanos(by.at()),
                        by.latencyMs(),
                        here ? 1 : 0,
                        Rows.nanos(in.now()),
                        seq);
    }

    static void result(Statements on, long seq, Result result) throws SQLException {
        on.update(
                "INSERT OR REPLACE INTO result VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                seq,
                result.success() ? 1 : 0,
                result.by(),
                result.attempt(),
                nanos(result.took()),
                result.exit().isPresent() ? result.exit().getAsInt() : null,
                result.reason(),
                end(result.output()),
                Rows.nanos(result.at()));
    }

    private static long nanos(Duration took) {
        return took.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : took.toNanos();
    }

    private static String end(String output) {
        return output.length() <= Result.OUTPUT_LIMIT
                ? output
                : output.substring(output.length() - Result.OUTPUT_LIMIT);
    }
}
