package dev.steward.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
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

    private static final Migrations ALL = new Migrations(APPLICATION_ID, MIGRATIONS);

    private Schema() {}

    static int version(Connection connection) throws SQLException {
        return Migrations.version(connection);
    }

    static int applicationId(Connection connection) throws SQLException {
        return Migrations.applicationId(connection);
    }

    /** Whether nothing was ever put into it: a daemon may be killed between making the file and its tables. */
    static boolean blank(Connection connection) throws SQLException {
        return Migrations.blank(connection);
    }

    static StoreException otherVersion(Path file, int version) {
        return ALL.otherVersion(file, version);
    }

    /** Brings the database to {@link #VERSION}, all steps at once or none. */
    static void migrate(Connection connection) throws SQLException {
        ALL.migrate(connection, VERSION);
    }

    /** The same up to an earlier version: what an older Steward wrote. */
    static void migrate(Connection connection, int to) throws SQLException {
        ALL.migrate(connection, to);
    }
}
