package dev.steward.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;

/** Opens connections. */
final class Sqlite {
    private static final int BUSY_TIMEOUT_MS = 5_000;
    private static final int CACHE_KIB = 512;

    private Sqlite() {}

    /** A connection that writes; the file must exist, be it empty. */
    static Connection writing(Path file) throws SQLException {
        return connect(file, "mode=rw", false);
    }

    /** A connection that can't write; {@code parameters} in the form {@code &name=value}. */
    static Connection reading(Path file, String parameters) throws SQLException {
        return connect(file, "mode=ro" + parameters, true);
    }

    /** A connection to a database in memory; all with the same name share it, and it goes with the last of them. */
    static Connection inMemory(String name) throws SQLException {
        return new SQLiteConfig().createConnection("jdbc:sqlite:file:" + name + "?mode=memory&cache=shared");
    }

    // A file: URI (sqlite.org/uri.html): a plain path the driver first creates and deletes with Java I/O.
    private static Connection connect(Path file, String parameters, boolean readOnly) throws SQLException {
        var config = new SQLiteConfig();
        config.setReadOnly(readOnly);
        config.setBusyTimeout(BUSY_TIMEOUT_MS);
        config.setCacheSize(-CACHE_KIB);
        // The driver would look for them after each statement.
        config.setGetGeneratedKeys(false);
        String path = file.toAbsolutePath().toUri().getRawPath();
        return config.createConnection("jdbc:sqlite:file:" + path + "?" + parameters);
    }
}
