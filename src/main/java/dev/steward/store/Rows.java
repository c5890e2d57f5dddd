package dev.steward.store;

import dev.steward.posix.Identity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes records of result rows. */
final class Rows {
    private static final long NANOS = 1_000_000_000L;

    private Rows() {}

    static AgentRow agent(ResultSet row) throws SQLException {
        return new AgentRow(
                row.getString("name"),
                text(row, "asked").map(AgentRow.Asked::valueOf),
                row.getString("state"),
                row.getString("reason"),
                incarnation(row),
                row.getString("next_incarnation"),
                row.getLong("restarts"),
                row.getLong("failures"),
                text(row, "last_exit"));
    }

    private static Optional<IncarnationRow> incarnation(ResultSet row) throws SQLException {
        Optional<String> id = text(row, "incarnation");
        if (id.isEmpty()) {
            return Optional.empty();
        }
        var identity = new Identity(row.getLong("pid"), row.getLong("start"), row.getString("boot"));
        return Optional.of(new IncarnationRow(id.get(), identity, instant(row.getLong("started_ns"))));
    }

    static TransitionRow transition(ResultSet row) throws SQLException {
        long pid = row.getLong("pid");
        OptionalLong known = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(pid);
        return new TransitionRow(
                row.getLong("seq"),
                row.getString("agent"),
                row.getString("from_state"),
                row.getString("to_state"),
                row.getString("reason"),
                text(row, "incarnation"),
                known,
                instant(row.getLong("at_ns")),
                row.getLong("monotonic_ns"),
                row.getString("boot"));
    }

    static IncidentRow incident(ResultSet row) throws SQLException {
        return new IncidentRow(
                row.getLong("id"),
                row.getString("subject"),
                row.getString("cause"),
                row.getString("detail"),
                instant(row.getLong("opened_ns")),
                instant(row.getLong("updated_ns")),
                time(row, "resolved_ns"),
                row.getLong("count"));
    }

    static RotationRow rotation(ResultSet row) throws SQLException {
        var last = new RotationRow.Last(
                row.getString("result"),
                text(row, "way"),
                row.getLong("bytes"),
                text(row, "archive"),
                instant(row.getLong("at_ns")),
                Duration.ofNanos(row.getLong("took_ns")),
                row.getBoolean("lossy"),
                row.getString("reason"));
        var done = new RotationRow.Done(time(row, "done_ns"), row.getLong("rotations"), row.getLong("bytes_total"));
        long failures = row.getLong("failures");
        var failing = time(row, "failing_since_ns").map(since -> new RotationRow.Failing(since, failures));
        return new RotationRow(row.getString("path"), last, done, failing);
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        long nanos = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(instant(nanos));
    }

    /** Nanoseconds since 1970; from 1677 to 2262, else {@link ArithmeticException}. */
    static long nanos(Instant at) {
        return Math.addExact(Math.multiplyExact(at.getEpochSecond(), NANOS), at.getNano());
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }
}
