package dev.steward.bus.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A connection and the statements that were prepared on it. For one thread at a time. */
final class Statements implements AutoCloseable {
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();
    private final Map<String, Map<String, Integer>> columns = new HashMap<>();

    Statements(Connection connection) {
        this.connection = connection;
    }

    /** Makes something of a row of a result. */
    interface Mapper<T> {
        T map(Row row) throws SQLException;
    }

    /** Looks at a row; gives whether it wants the next. */
    interface Visitor {
        boolean visit(Row row) throws SQLException;
    }

    /** How many rows it changed. Parameters are strings, numbers and bytes; null is NULL. */
    int update(String sql, @Nullable Object... parameters) throws SQLException {
        return use(sql, parameters, PreparedStatement::executeUpdate);
    }

    <T> List<T> list(Mapper<T> mapper, String sql, @Nullable Object... parameters) throws SQLException {
        var rows = new ArrayList<T>();
        visit(row -> rows.add(mapper.map(row)), sql, parameters);
        return rows;
    }

    <T> Optional<T> first(Mapper<T> mapper, String sql, @Nullable Object... parameters) throws SQLException {
        return list(mapper, sql, parameters).stream().findFirst();
    }

    /** The number in the first column of the only row. */
    long number(String sql, @Nullable Object... parameters) throws SQLException {
        return list(row -> row.getLong(1), sql, parameters).getFirst();
    }

    /** Row by row, as long as it wants one. */
    void visit(Visitor visitor, String sql, @Nullable Object... parameters) throws SQLException {
        boolean _ = use(sql, parameters, statement -> {
            try (ResultSet result = statement.executeQuery()) {
                var row = new Row(result, columns(sql, result));
                while (result.next() && visitor.visit(row)) {
                    // On to the next.
                }
                return true;
            }
        });
    }

    private Map<String, Integer> columns(String sql, ResultSet result) throws SQLException {
        var known = columns.get(sql);
        if (known == null) {
            known = Row.columns(result);
            columns.put(sql, known);
        }
        return known;
    }

    private interface Use<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    private <T> T use(String sql, @Nullable Object[] parameters, Use<T> use) throws SQLException {
        var statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        try {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return use.of(statement);
        } catch (SQLException e) {
            throw forget(sql, e);
        }
    }

    // After some failures, of a full disk for example, the driver has ended the statement, and it fails for ever.
    private SQLException forget(String sql, SQLException cause) {
        var statement = prepared.remove(sql);
        columns.remove(sql);
        try {
            if (statement != null) {
                statement.close();
            }
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
        return cause;
    }

    @Override
    public void close() throws SQLException {
        // Its statements go with it.
        connection.close();
    }
}
