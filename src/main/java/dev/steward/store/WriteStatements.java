package dev.steward.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The statements of a batch, prepared once; the caller has begun a transaction. */
record WriteStatements(
        PreparedStatement asked,
        PreparedStatement agent,
        PreparedStatement removed,
        PreparedStatement transition,
        Incidents incidents,
        PreparedStatement prune,
        RotationStatements rotations) {
    /** The statements for incidents. */
    record Incidents(PreparedStatement open, PreparedStatement resolve, PreparedStatement prune) {}

    static WriteStatements prepare(Connection on) throws SQLException {
        return new WriteStatements(
                on.prepareStatement("SELECT asked FROM agent WHERE name = ?"),
                on.prepareStatement("INSERT OR REPLACE INTO agent VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
                on.prepareStatement("DELETE FROM agent WHERE name = ?"),
                on.prepareStatement("INSERT INTO transition VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
                new Incidents(on.prepareStatement("""
                                INSERT INTO incident VALUES (NULL, ?1, ?2, ?3, ?4, ?4, NULL, 1)
                                ON CONFLICT (subject, cause) WHERE resolved_ns IS NULL
                                DO UPDATE SET count = count + 1, detail = ?3, updated_ns = ?4"""), on.prepareStatement("""
                                UPDATE incident SET resolved_ns = ?1, updated_ns = ?1
                                WHERE subject = ?2 AND cause = ?3 AND resolved_ns IS NULL"""), on.prepareStatement("""
                                DELETE FROM incident
                                WHERE resolved_ns IS NOT NULL AND id <= (SELECT max(id) FROM incident) - ?""")),
                on.prepareStatement("DELETE FROM transition WHERE seq <= (SELECT max(seq) FROM transition) - ?"),
                RotationStatements.prepare(on));
    }

    /** Whether one of these rows holds another request of a person than the database does. */
    boolean asksAnew(List<AgentRow> rows) throws SQLException {
        for (AgentRow row : rows) {
            asked.setString(1, row.name());
            try (ResultSet result = asked.executeQuery()) {
                Optional<String> known = result.next() ? Optional.ofNullable(result.getString(1)) : Optional.empty();
                if (!known.equals(row.asked().map(Enum::name))) {
                    return true;
                }
            }
        }
        return false;
    }

    void put(List<AgentRow> rows) throws SQLException {
        for (AgentRow row : rows) {
            Optional<IncarnationRow> incarnation = row.incarnation();
            agent.setString(1, row.name());
            text(agent, 2, row.asked().map(Enum::name));
            agent.setString(3, row.state());
            agent.setString(4, row.reason());
            text(agent, 5, incarnation.map(IncarnationRow::id));
            number(agent, 6, incarnation.map(i -> i.identity().pid()).orElse(null));
            number(agent, 7, incarnation.map(i -> i.identity().start()).orElse(null));
            text(agent, 8, incarnation.map(i -> i.identity().boot()));
            number(agent, 9, incarnation.map(i -> Rows.nanos(i.started())).orElse(null));
            agent.setString(10, row.nextIncarnation());
            agent.setLong(11, row.restarts());
            agent.setLong(12, row.failures());
            text(agent, 13, row.lastExit());
            agent.executeUpdate();
        }
    }

    void remove(List<String> names) throws SQLException {
        for (String name : names) {
            removed.setString(1, name);
            removed.executeUpdate();
        }
    }

    void add(List<TransitionRow> rows) throws SQLException {
        for (TransitionRow row : rows) {
            transition.setString(1, row.agent());
            transition.setString(2, row.from());
            transition.setString(3, row.to());
            transition.setString(4, row.reason());
            text(transition, 5, row.incarnation());
            number(transition, 6, row.pid().isPresent() ? row.pid().getAsLong() : null);
            transition.setLong(7, Rows.nanos(row.at()));
            transition.setLong(8, row.monotonicNanos());
            transition.setString(9, row.boot());
            transition.executeUpdate();
        }
    }

    void apply(IncidentChange change) throws SQLException {
        switch (change) {
            case IncidentChange.Open(var subject, var cause, var detail, var at) -> {
                PreparedStatement open = incidents.open();
                open.setString(1, subject);
                open.setString(2, cause);
                open.setString(3, detail);
                open.setLong(4, Rows.nanos(at));
                open.executeUpdate();
            }
            case IncidentChange.Resolve(var subject, var cause, var at) -> {
                PreparedStatement resolve = incidents.resolve();
                resolve.setLong(1, Rows.nanos(at));
                resolve.setString(2, subject);
                resolve.setString(3, cause);
                resolve.executeUpdate();
            }
        }
    }

    void pruneTransitions(int kept) throws SQLException {
        prune.setInt(1, kept);
        prune.executeUpdate();
    }

    /** Those that are open stay, however old they are. */
    void pruneIncidents(int kept) throws SQLException {
        incidents.prune().setInt(1, kept);
        incidents.prune().executeUpdate();
    }

    static void text(PreparedStatement statement, int index, Optional<String> value) throws SQLException {
        if (value.isPresent()) {
            statement.setString(index, value.get());
        } else {
            statement.setNull(index, Types.VARCHAR);
        }
    }

    static void number(PreparedStatement statement, int index, @Nullable Long value) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.INTEGER);
        } else {
            statement.setLong(index, value);
        }
    }
}
