package dev.steward.bus.ledger;

import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a command has while it runs: the tables, the time, and where it says what it changed. */
final class Transaction {
    private final Statements statements;
    private final Instant now;
    private final Set<String> touched = new HashSet<>();
    private boolean changed;

    Transaction(Statements statements, Instant now) {
        this.statements = statements;
        this.now = now;
    }

    Statements on() {
        return statements;
    }

    Instant now() {
        return now;
    }

    /** Owes this record to the audit trail. */
    void owe(String event, Map<String, Object> fields) throws SQLException {
        owe(event, Fields.write(fields));
    }

    /** The same with fields that are text already. */
    int owe(String event, String fields) throws SQLException {
        changed = true;
        return statements.update("INSERT INTO owed (event, fields) VALUES (?, ?)", event, fields);
    }

    /** Says whom the change concerns: an inbox, or one who dropped orders; as names are compared. */
    void touch(String name) {
        touched.add(name);
        changed = true;
    }

    /** Says that something is to be done by somebody. */
    void touch() {
        changed = true;
    }

    boolean changed() {
        return changed;
    }

    Set<String> touched() {
        return touched;
    }
}
