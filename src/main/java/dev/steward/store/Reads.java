package dev.steward.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The queries, on one connection; callers take turns. */
final class Reads implements StateReader {
    private static final String AGENT = """
            SELECT name, asked, state, reason, incarnation, pid, start, boot, started_ns,
                next_incarnation, restarts, failures, last_exit FROM agent""";
    private static final String TRANSITION = """
            SELECT seq, agent, from_state, to_state, reason, incarnation, pid, at_ns, monotonic_ns, boot
                FROM transition""";
    private static final String INCIDENT =
            "SELECT id, subject, cause, detail, opened_ns, updated_ns, resolved_ns, count FROM incident";

    private final Path file;
    private final Connection connection;
    private final int version;

    /** @param version of the schema */
    Reads(Path file, Connection connection, int version) {
        this.file = file;
        this.connection = connection;
        this.version = version;
    }

    @Override
    public List<AgentRow> agents() throws StoreException {
        return query(AGENT + " ORDER BY name", Rows::agent);
    }

    @Override
    public List<TransitionRow> history(String agent, int limit) throws StoreException {
        return query(
                        TRANSITION + " WHERE agent = ? ORDER BY seq DESC LIMIT ?",
                        Rows::transition,
                        agent,
                        notNegative(limit))
                .reversed();
    }

    @Override
    public List<TransitionRow> transitionsAfter(long seq, int limit) throws StoreException {
        return query(TRANSITION + " WHERE seq > ? ORDER BY seq LIMIT ?", Rows::transition, seq, notNegative(limit));
    }

    @Override
    public long lastSeq() throws StoreException {
        return query("SELECT coalesce(max(seq), 0) FROM transition", row -> row.getLong(1))
                .getFirst();
    }

    @Override
    public List<IncidentRow> incidents(boolean openOnly, int limit) throws StoreException {
        String which = openOnly ? " WHERE resolved_ns IS NULL" : "";
        return query(INCIDENT + which + " ORDER BY id DESC LIMIT ?", Rows::incident, notNegative(limit));
    }

    @Override
    public List<RotationRow> rotations() throws StoreException {
        return version < Schema.WITH_ROTATIONS
                ? List.of()
                : query("SELECT * FROM rotation ORDER BY path", Rows::rotation);
    }

    /** Writes the whole database, as it is now, into an empty file. */
    synchronized void copyTo(Path other) throws StoreException {
        try (var statement = connection.prepareStatement("VACUUM INTO ?")) {
            statement.setString(1, other.toString());
            statement.execute();
        } catch (SQLException e) {
            throw Failures.of(other, "writing", e);
        }
    }

    @Override
    public synchronized void close() throws StoreException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw Failures.of(file, "closing", e);
        }
    }

    private interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    private synchronized <T> List<T> query(String sql, RowMapper<T> mapper, Object... parameters)
            throws StoreException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                var rows = new ArrayList<T>();
                while (result.next()) {
                    rows.add(mapper.map(result));
                }
                return rows;
            }
        } catch (SQLException e) {
            throw Failures.of(file, "reading", e);
        }
    }

    // To SQLite a negative limit is none.
    private static int notNegative(int limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("the limit is negative: " + limit);
        }
        return limit;
    }
}
