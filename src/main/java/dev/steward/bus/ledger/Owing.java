package dev.steward.bus.ledger;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** What is owed to the audit trail. */
final class Owing {
    private static final long MICROS = 1_000_000;

    private Owing() {}

    /**
     * Lets the numbers of a new database begin at the time: should this one be lost one day and another one be made, that one's go on
     * above those that the audit trail knows.
     */
    static void begin(Statements on, Instant now) throws SQLException {
        if (on.number("SELECT count(*) FROM sqlite_sequence WHERE name = 'owed'") == 0) {
            on.update("""
                    INSERT INTO sqlite_sequence (name, seq)
                    SELECT 'owed', ? WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'owed')""", now.getEpochSecond() * MICROS);
        }
    }

    static List<Owed> next(Statements on, int most) throws SQLException {
        return on.list(
                row -> new Owed(row.getLong(1), row.getString(2), Fields.read(row.getString(3))),
                "SELECT seq, event, fields FROM owed ORDER BY seq LIMIT ?",
                most);
    }
}
