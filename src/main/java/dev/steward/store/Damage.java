package dev.steward.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;

/** Finds out whether a file is a sound database of Steward's, and keeps one that isn't aside. */
final class Damage {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);
    /** The smallest page, and so the smallest database (sqlite.org/fileformat.html). */
    private static final int SMALLEST = 512;

    private static final List<String> COMPANIONS = List.of("-wal", "-shm", "-journal");

    private Damage() {}

    /** What is wrong with the bytes; empty if nothing is, or if there is no file at all. */
    static Optional<String> find(Path file) throws IOException, SQLException {
        var obvious = obvious(file);
        if (obvious.isPresent() || !Files.exists(file) || Files.size(file) == 0) {
            return obvious;
        }
        // Read-only, since closing a connection that may write would copy the log into a damaged file and delete it.
        try (Connection connection = Sqlite.reading(file, "")) {
            return check(connection);
        } catch (SQLException e) {
            if (Failures.damaged(e)) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
            if (Failures.primary(e) == SQLiteErrorCode.SQLITE_READONLY) {
                // A rollback journal of an interrupted creation: a connection that may write rolls it back.
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The same, by the sizes of the files alone. */
    static Optional<String> obvious(Path file) throws IOException {
        long size = size(file);
        Path wal = companion(file, "-wal");
        if (size == 0) {
            // SQLite would delete the log of an empty database. Asked again, since another process may be making it.
            return size(wal) > 0 && size(file) == 0
                    ? Optional.of("it is missing or empty, though its write-ahead log is not")
                    : Optional.empty();
        }
        return size < SMALLEST ? Optional.of("it has " + size + " bytes, too few for a database") : Optional.empty();
    }

    private static long size(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException none) {
            return 0;
        }
    }

    private static Optional<String> check(Connection connection) throws SQLException {
        int id = Schema.applicationId(connection);
        if (id != Schema.APPLICATION_ID && !Schema.blank(connection)) {
            return Optional.of("it is a database of another program (application_id " + Integer.toHexString(id) + ")");
        }
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA quick_check(1)")) {
            String verdict = result.getString(1);
            return "ok".equals(verdict) ? Optional.empty() : Optional.of(verdict);
        }
    }

    /** Renames the file and its companions, with a word that says what it is; gives the file's new name. Nothing is deleted. */
    static Path keepAside(Path file, String word, InstantSource clock) throws IOException {
        String stamp = word + "-" + STAMP.format(clock.instant());
        Path aside = file.resolveSibling(file.getFileName() + "." + stamp);
        for (int i = 2; Files.exists(aside) || Files.exists(companion(aside, "-wal")); i++) {
            aside = file.resolveSibling(file.getFileName() + "." + stamp + "-" + i);
        }
        // Companions first: killed in between, the next start still finds the damaged file.
        for (String suffix : COMPANIONS) {
            if (Files.exists(companion(file, suffix))) {
                Files.move(companion(file, suffix), companion(aside, suffix));
            }
        }
        if (Files.exists(file)) {
            Files.move(file, aside);
        }
        return aside;
    }

    static Path companion(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }
}
