package dev.steward.store;

import dev.steward.store.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Opens a database without a trace. In WAL mode even a reader needs the log and its index in shared memory, and SQLite creates
 * both if they are missing (sqlite.org/wal.html, "Read-Only Databases"), so it depends on what lies there:
 *
 * <ul>
 *   <li>no log: all is in the file, {@code immutable=1} reads it alone;
 *   <li>log and index, as a living or a killed daemon has them: {@code readonly_shm=1} takes a living daemon's index, and without
 *       one SQLite makes an index of the log in its own memory;
 *   <li>a log alone, as a copy of the home may have: a private copy is read, and removed afterwards.
 * </ul>
 */
final class ReadOnly {
    private ReadOnly() {}

    static StateReader open(Path file) throws StoreException {
        try {
            if (!Files.exists(file)) {
                throw new StoreException(
                        Kind.MISSING, file + ": there is no such file: no daemon has run in this home yet. Start it");
            }
            if (!exists(file, "-wal")) {
                return read(file, Sqlite.reading(file, "&immutable=1"));
            }
            return exists(file, "-shm") ? read(file, Sqlite.reading(file, "&readonly_shm=1")) : PrivateCopy.of(file);
        } catch (SQLException e) {
            throw Failures.of(file, "opening", e);
        } catch (IOException e) {
            throw Failures.of(file, "opening", e);
        }
    }

    private static boolean exists(Path file, String suffix) {
        return Files.exists(Damage.companion(file, suffix));
    }

    static StateReader read(Path file, Connection connection) throws SQLException, StoreException {
        try {
            int version = Schema.version(connection);
            if (Schema.blank(connection)) {
                throw new StoreException(Kind.MISSING, file + ": nothing has been written to it yet. Start the daemon");
            }
            if (Schema.applicationId(connection) != Schema.APPLICATION_ID) {
                throw new StoreException(
                        Kind.DAMAGED,
                        file
                                + ": opening failed: it is not a database of Steward's. The daemon keeps it aside and makes a"
                                + " new one when it starts");
            }
            // What an older Steward wrote is read as it is: its daemon may live yet, or was not followed by another.
            if (version < 1 || version > Schema.VERSION) {
                throw Schema.otherVersion(file, version);
            }
            return new Reads(file, connection, version);
        } catch (SQLException | StoreException e) {
            connection.close();
            throw e;
        }
    }
}
