package dev.steward.store;

import dev.steward.store.StoreException.Kind;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.SQLiteErrorCode;

/**
 * A database of the home that another package keeps: of mode 0600, in WAL mode, with a schema that opening it brings up to date.
 * Several processes may have it open. Unlike {@link Store} it is never kept aside by itself: what it holds can't be learned anew.
 *
 * <p>While a connection is open, nothing in this process may open the file with Java I/O: closing it would drop SQLite's locks
 * (sqlite.org/howtocorrupt.html, 2.2).
 */
public final class SqliteFile {
    /** Others make a database within milliseconds, on a busy disk within seconds. */
    private static final int ATTEMPTS = 500;

    private static final long PAUSE_NANOS = 20_000_000;

    private final Path file;
    private final Migrations migrations;

    /**
     * Touches nothing.
     *
     * @param applicationId says in the file's header whose database it is
     * @param migrations what step n executes takes a database of version n - 1 to version n
     */
    public SqliteFile(Path file, int applicationId, List<List<String>> migrations) {
        this.file = file.toAbsolutePath();
        this.migrations = new Migrations(applicationId, migrations);
    }

    /** Where it lies, absolute. */
    public Path path() {
        return file;
    }

    /**
     * A connection that writes, and syncs at each commit; makes the file if there is none. The caller begins and ends transactions by
     * statements.
     *
     * @throws StoreException {@code DAMAGED}, {@code OTHER_VERSION}, {@code FULL} or {@code UNAVAILABLE}; nothing was changed then
     */
    public Connection write() throws StoreException {
        try {
            for (int left = ATTEMPTS; ; left--) {
                try {
                    return open();
                } catch (SQLException e) {
                    // SQLite doesn't wait where the journal's mode changes.
                    if (!busy(e) || left == 0) {
                        throw failure("opening", e);
                    }
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        } catch (IOException e) {
            throw Failures.of(file, "opening", e);
        }
    }

    private Connection open() throws SQLException, IOException, StoreException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException("it is not a regular file");
        }
        var damage = Damage.obvious(file);
        if (damage.isPresent()) {
            throw new StoreException(Kind.DAMAGED, file + ": opening failed: " + damage.get());
        }
        restrict();
        Connection connection = Sqlite.writing(file);
        try {
            bringUpToDate(connection);
            return connection;
        } catch (SQLException | StoreException e) {
            connection.close();
            throw e;
        }
    }

    private void restrict() throws IOException {
        try {
            Database.restrict(file);
        } catch (FileAlreadyExistsException otherProcess) {
            Database.restrict(file);
        }
    }

    private void bringUpToDate(Connection connection) throws SQLException, StoreException {
        migrations.requireOwn(file, connection);
        int version = Migrations.version(connection);
        if (version > migrations.version()) {
            throw migrations.otherVersion(file, version);
        }
        Database.configure(file, connection);
        migrations.migrate(connection, migrations.version());
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA synchronous = FULL");
        }
    }

    /** A connection that can't write, to a database that {@link #write} opened. */
    public Connection read() throws StoreException {
        try {
            return Sqlite.reading(file, "");
        } catch (SQLException e) {
            throw failure("opening", e);
        }
    }

    /** Which file lies there now, to be compared by equality; empty if there is none. */
    public Optional<Object> key() throws StoreException {
        try {
            return Database.key(file);
        } catch (IOException e) {
            throw Failures.of(file, "looking at it", e);
        }
    }

    /** What a failure means, for people. */
    public StoreException failure(String doing, SQLException e) {
        return Failures.damaged(e)
                ? new StoreException(
                        Kind.DAMAGED,
                        file + ": " + doing + " failed: the database is damaged (" + e.getMessage()
                                + "). End what uses it, copy it and its -wal, and repair it by the .recover of sqlite3,"
                                + " or move both away to begin anew",
                        e)
                : Failures.of(file, doing, e);
    }

    /** Whether another connection was in the way, so that the same may be tried again. */
    public static boolean busy(SQLException e) {
        SQLiteErrorCode code = Failures.primary(e);
        return code == SQLiteErrorCode.SQLITE_BUSY || code == SQLiteErrorCode.SQLITE_LOCKED;
    }
}
