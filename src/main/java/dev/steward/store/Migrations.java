package dev.steward.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A database's tables, as the list of steps that led to them: step n takes a database of version n - 1 to version n, and a step that
 * was released never changes.
 *
 * @param applicationId says in the file's header whose database it is (sqlite.org/fileformat.html)
 */
record Migrations(int applicationId, List<List<String>> steps) {
    int version() {
        return steps.size();
    }

    static int version(Connection connection) throws SQLException {
        return number(connection, "PRAGMA user_version");
    }

    static int applicationId(Connection connection) throws SQLException {
        return number(connection, "PRAGMA application_id");
    }

    /** Whether nothing was ever put into it. */
    static boolean blank(Connection connection) throws SQLException {
        return applicationId(connection) == 0
                && version(connection) == 0
                && number(connection, "SELECT count(*) FROM sqlite_schema") == 0;
    }

    /** @throws StoreException {@code DAMAGED} if another program put something into it */
    void requireOwn(Path file, Connection connection) throws SQLException, StoreException {
        try (var statement = connection.createStatement()) {
            // At one moment: another process may be making it.
            statement.execute("BEGIN");
            int id = applicationId(connection);
            boolean own = id == applicationId || blank(connection);
            statement.execute("COMMIT");
            if (!own) {
                throw new StoreException(
                        StoreException.Kind.DAMAGED,
                        file + ": opening failed: it is a database of another program (application_id "
                                + Integer.toHexString(id) + ")");
            }
        }
    }

    StoreException otherVersion(Path file, int version) {
        return new StoreException(
                StoreException.Kind.OTHER_VERSION,
                file + ": opening failed: its schema has version " + version + ", this Steward's has " + version()
                        + ". "
                        + (version > version()
                                ? "Run the newer Steward that wrote it, or move it away to begin anew"
                                : "Start this Steward's daemon once, which takes it to that version"));
    }

    /** Brings the database to that version, all steps at once or none; several processes may do so at once. */
    void migrate(Connection connection, int to) throws SQLException {
        if (version(connection) == to) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            // Asked again: another process may have done it while this one waited.
            int from = version(connection);
            if (from < to) {
                for (List<String> step : steps.subList(from, to)) {
                    for (String sql : step) {
                        statement.execute(sql);
                    }
                }
                statement.execute("PRAGMA application_id = " + applicationId);
                statement.execute("PRAGMA user_version = " + to);
            }
            statement.execute("COMMIT");
        }
    }

    private static int number(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            return result.getInt(1);
        }
    }
}
