package dev.steward.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables, as the list of steps that led to them: step n takes a database of version n - 1 to version n, and a step that
 * was released never changes. Times are nanoseconds since 1970, so that an {@code Instant} comes back as it was.
 */
final class Schema {
    /** "STWD": says in the file's header whose database it is. */
    static final int APPLICATION_ID = 0x53545744;

    private static final List<List<String>> MIGRATIONS = List.of(
            List.of(
                    """
            CREATE TABLE agent (
                name TEXT PRIMARY KEY NOT NULL, asked TEXT, state TEXT NOT NULL, reason TEXT NOT NULL,
                incarnation TEXT, pid INTEGER, start INTEGER, boot TEXT, started_ns INTEGER,
                next_incarnation TEXT NOT NULL, restarts INTEGER NOT NULL, failures INTEGER NOT NULL, last_exit TEXT
            ) STRICT, WITHOUT ROWID""",
                    """
            CREATE TABLE transition (
                seq INTEGER PRIMARY KEY AUTOINCREMENT, agent TEXT NOT NULL, from_state TEXT NOT NULL, to_state TEXT NOT NULL,
                reason TEXT NOT NULL, incarnation TEXT, pid INTEGER,
                at_ns INTEGER NOT NULL, monotonic_ns INTEGER NOT NULL, boot TEXT NOT NULL
            ) STRICT""",
                    "CREATE INDEX transition_by_agent ON transition (agent, seq)",
                    """
            CREATE TABLE incident (
                id INTEGER PRIMARY KEY AUTOINCREMENT, subject TEXT NOT NULL, cause TEXT NOT NULL, detail TEXT NOT NULL,
                opened_ns INTEGER NOT NULL, updated_ns INTEGER NOT NULL, resolved_ns INTEGER, count INTEGER NOT NULL
            ) STRICT""",
                    "CREATE UNIQUE INDEX incident_open ON incident (subject, cause) WHERE resolved_ns IS NULL"),
            List.of("""
            CREATE TABLE rotation (
                path TEXT PRIMARY KEY NOT NULL, result TEXT NOT NULL, way TEXT, bytes INTEGER NOT NULL, archive TEXT,
                at_ns INTEGER NOT NULL, took_ns INTEGER NOT NULL, lossy INTEGER NOT NULL, reason TEXT NOT NULL,
                done_ns INTEGER, rotations INTEGER NOT NULL, bytes_total INTEGER NOT NULL,
                failing_since_ns INTEGER, failures INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID"""));

    static final int VERSION = MIGRATIONS.size();

    /** From this version on there is a table of rotations. */
    static final int WITH_ROTATIONS = 2;

    private Schema() {}

    static int version(Connection connection) throws SQLException {
        return number(connection, "PRAGMA user_version");
    }

    static int applicationId(Connection connection) throws SQLException {
        return number(connection, "PRAGMA application_id");
    }

    /** Whether nothing was ever put into it: a daemon may be killed between making the file and its tables. */
    static boolean blank(Connection connection) throws SQLException {
        return applicationId(connection) == 0
                && version(connection) == 0
                && number(connection, "SELECT count(*) FROM sqlite_schema") == 0;
    }

    static StoreException otherVersion(Path file, int version) {
        return new StoreException(
                StoreException.Kind.OTHER_VERSION,
                file + ": opening failed: its schema has version " + version + ", this Steward's has " + VERSION + ". "
                        + (version > VERSION
                                ? "Run the newer Steward that wrote it, or move it away to begin anew"
                                : "Start this Steward's daemon once, which takes it to that version"));
    }

    /** Brings the database to {@link #VERSION}, all steps at once or none. */
    static void migrate(Connection connection) throws SQLException {
        migrate(connection, VERSION);
    }

    /** The same up to an earlier version: what an older Steward wrote. */
    static void migrate(Connection connection, int to) throws SQLException {
        int version = version(connection);
        if (version == to) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            for (List<String> step : MIGRATIONS.subList(version, to)) {
                for (String sql : step) {
                    statement.execute(sql);
                }
            }
            statement.execute("PRAGMA application_id = " + APPLICATION_ID);
            statement.execute("PRAGMA user_version = " + to);
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
