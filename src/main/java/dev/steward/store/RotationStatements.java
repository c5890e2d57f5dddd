package dev.steward.store;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The statements for rotations, prepared once. */
record RotationStatements(
        PreparedStatement one, PreparedStatement put, PreparedStatement old, PreparedStatement delete) {
    private static final Duration KEPT = Duration.ofDays(90);

    /**
     * Rows to write.
     *
     * @param turns whether a log begins to fail by them, or is well again
     */
    record Next(List<RotationRow> rows, boolean turns) {}

    static RotationStatements prepare(Connection on) throws SQLException {
        return new RotationStatements(
                on.prepareStatement("SELECT * FROM rotation WHERE path = ?"),
                on.prepareStatement(
                        "INSERT OR REPLACE INTO rotation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
                on.prepareStatement("SELECT path FROM rotation WHERE at_ns < ?"),
                on.prepareStatement("DELETE FROM rotation WHERE path = ?"));
    }

    /** What these changes make of the rows that there are. */
    Next after(List<RotationChange> changes) throws SQLException {
        var rows = new LinkedHashMap<String, Optional<RotationRow>>();
        var turns = false;
        for (var change : changes) {
            var known = rows.containsKey(change.path())
                    ? rows.getOrDefault(change.path(), Optional.empty())
                    : find(change.path());
            var next = RotationRow.after(known, change);
            turns |= isFailing(known) != isFailing(next);
            rows.put(change.path(), next);
        }
        return new Next(present(rows), turns);
    }

    private static List<RotationRow> present(Map<String, Optional<RotationRow>> rows) {
        return rows.values().stream().flatMap(Optional::stream).toList();
    }

    private static boolean isFailing(Optional<RotationRow> row) {
        return row.filter(RotationRow::isFailing).isPresent();
    }

    Optional<RotationRow> find(String path) throws SQLException {
        one.setString(1, path);
        try (ResultSet result = one.executeQuery()) {
            return result.next() ? Optional.of(Rows.rotation(result)) : Optional.empty();
        }
    }

    void put(List<RotationRow> rows) throws SQLException {
        for (var row : rows) {
            put(row);
        }
    }

    private void put(RotationRow row) throws SQLException {
        var last = row.last();
        put.setString(1, row.path());
        put.setString(2, last.result());
        WriteStatements.text(put, 3, last.way());
        put.setLong(4, last.bytes());
        WriteStatements.text(put, 5, last.archive());
        put.setLong(6, Rows.nanos(last.at()));
        put.setLong(7, last.took().toNanos());
        put.setBoolean(8, last.lossy());
        put.setString(9, last.reason());
        WriteStatements.number(put, 10, row.done().last().map(Rows::nanos).orElse(null));
        put.setLong(11, row.done().rotations());
        put.setLong(12, row.done().bytes());
        WriteStatements.number(
                put,
                13,
                row.failing().map(failing -> Rows.nanos(failing.since())).orElse(null));
        put.setLong(14, row.failing().map(RotationRow.Failing::times).orElse(0L));
        put.executeUpdate();
    }

    /** Forgets logs that are gone, and of which nothing was heard for long. */
    void prune(Instant now) throws SQLException {
        old.setLong(1, Rows.nanos(now.minus(KEPT)));
        var gone = new ArrayList<String>();
        try (ResultSet result = old.executeQuery()) {
            while (result.next()) {
                var path = result.getString(1);
                if (isGone(path)) {
                    gone.add(path);
                }
            }
        }
        for (var path : gone) {
            delete.setString(1, path);
            delete.executeUpdate();
        }
    }

    private static boolean isGone(String path) {
        try {
            return Files.notExists(Path.of(path), LinkOption.NOFOLLOW_LINKS);
        } catch (InvalidPathException e) {
            // Written under another encoding of file names: nothing can be said of it, and nobody can name it.
            return true;
        }
    }
}
