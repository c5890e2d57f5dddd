package dev.steward.bus.ledger;

import dev.steward.bus.Acknowledgement;
import dev.steward.bus.Body;
import dev.steward.bus.Bytes;
import dev.steward.bus.Heading;
import dev.steward.bus.OrderRow;
import dev.steward.bus.OrderState;
import dev.steward.bus.Result;
import dev.steward.bus.Work;
import dev.steward.bus.WorkOrder;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Makes records of result rows, which hold all columns of {@code wo}, and those of {@code result} and {@code payload} where needed. */
final class Rows {
    /** The columns that {@link #order} reads. */
    static final String ORDER = """
            SELECT w.*, r.success, r.worker AS result_by, r.attempt AS result_attempt, r.took_ns, r.exit,
                r.reason AS result_reason, r.output, r.at_ns AS result_ns
            FROM wo w LEFT JOIN result r ON r.wo = w.seq""";

    /** The columns that {@link #workOrder} reads. */
    static final String WORK_ORDER =
            "SELECT w.*, p.envelope, p.body_file, p.body, p.spool FROM wo w JOIN payload p ON p.wo = w.seq";

    private static final long NANOS = 1_000_000_000L;
    private static final Instant FIRST = Instant.ofEpochSecond(0, Long.MIN_VALUE);
    private static final Instant LAST = Instant.ofEpochSecond(0, Long.MAX_VALUE);

    private Rows() {}

    static Kept kept(Row row) throws SQLException {
        return new Kept(order(row), row.getBoolean("quarantined"));
    }

    static OrderRow.Origin origin(Row row) throws SQLException {
        return OrderRow.Origin.valueOf(row.getString("origin").toUpperCase(Locale.ROOT));
    }

    static OrderState state(Row row) throws SQLException {
        return OrderState.valueOf(row.getString("state").toUpperCase(Locale.ROOT));
    }

    static OrderRow order(Row row) throws SQLException {
        var hashes = hashes(row);
        return new OrderRow(
                row.getLong("seq"),
                heading(row),
                origin(row),
                row.getBoolean("here"),
                state(row),
                row.getString("reason"),
                row.getInt("attempt"),
                row.getInt("failures"),
                time(row, "due_ns"),
                work(row),
                acknowledgement(row, hashes),
                result(row),
                hashes,
                row.getLong("body_bytes"),
                instant(row.getLong("since_ns")),
                instant(row.getLong("changed_ns")));
    }

    private static Heading heading(Row row) throws SQLException {
        return new Heading(
                row.getString("id"),
                row.getString("recipient"),
                row.getString("sender"),
                row.getString("priority"),
                row.getString("title"),
                row.getString("tags"),
                instant(row.getLong("created_ns")));
    }

    static OrderRow.Hashes hashes(Row row) throws SQLException {
        return new OrderRow.Hashes(row.getString("sha256_wo"), row.getString("sha256_body"));
    }

    private static Optional<Work> work(Row row) throws SQLException {
        @Nullable String worker = row.getString("worker");
        return worker == null
                ? Optional.empty()
                : Optional.of(new Work(
                        worker,
                        row.getLong("pid"),
                        row.getLong("start"),
                        row.getString("boot"),
                        instant(row.getLong("begun_ns"))));
    }

    private static Optional<Acknowledgement> acknowledgement(Row row, OrderRow.Hashes hashes) throws SQLException {
        @Nullable String to = row.getString("ack_to");
        return to == null
                ? Optional.empty()
                : Optional.of(new Acknowledgement(
                        row.getString("id"),
                        to,
                        row.getString("ack_by"),
                        row.getString("ack_node"),
                        row.getString("ack_incarnation"),
                        instant(row.getLong("ack_ns")),
                        row.getLong("ack_latency_ms"),
                        hashes.wo(),
                        hashes.body()));
    }

    /** Of a row of {@code wo} that has an acknowledgement. */
    static Acknowledgement acknowledgement(Row row) throws SQLException {
        return acknowledgement(row, hashes(row)).orElseThrow();
    }

    /** Of a row that has the columns of {@link #ORDER}. */
    static Optional<Result> result(Row row) throws SQLException {
        @Nullable String by = row.getString("result_by");
        if (by == null) {
            return Optional.empty();
        }
        int exit = row.getInt("exit");
        return Optional.of(new Result(
                row.getBoolean("success"),
                by,
                row.getInt("result_attempt"),
                Duration.ofNanos(row.getLong("took_ns")),
                row.getObject("exit") == null ? OptionalInt.empty() : OptionalInt.of(exit),
                row.getString("result_reason"),
                row.getString("output"),
                instant(row.getLong("result_ns"))));
    }

    /** @param folder that paths in it are relative to */
    static WorkOrder workOrder(Row row, Path folder) throws SQLException {
        @Nullable String spool = row.getString("spool");
        Body.Content content = spool == null
                ? new Body.Content.Inline(Bytes.of(bytes(row)))
                : new Body.Content.Spooled(folder.resolve(spool));
        return new WorkOrder(
                heading(row),
                row.getString("envelope"),
                row.getString("sha256_wo"),
                row.getString("body_file"),
                new Body(row.getString("sha256_body"), row.getLong("body_bytes"), content));
    }

    // Of a BLOB without bytes the driver makes null.
    private static byte[] bytes(Row row) throws SQLException {
        byte @Nullable [] bytes = row.getBytes("body");
        return bytes == null ? new byte[0] : bytes;
    }

    private static Optional<Instant> time(Row row, String column) throws SQLException {
        return row.getObject(column) == null ? Optional.empty() : Optional.of(instant(row.getLong(column)));
    }

    /** Nanoseconds since 1970; what lies before 1677 or after 2262 is taken for the first or last of that time. */
    static long nanos(Instant at) {
        if (at.isBefore(FIRST)) {
            return Long.MIN_VALUE;
        }
        if (at.isAfter(LAST)) {
            return Long.MAX_VALUE;
        }
        long seconds = at.getEpochSecond();
        // Before 1970 the whole seconds alone may lie before the first.
        return seconds < 0
                ? Math.addExact(Math.multiplyExact(seconds + 1, NANOS), at.getNano() - NANOS)
                : Math.addExact(Math.multiplyExact(seconds, NANOS), at.getNano());
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }
}
