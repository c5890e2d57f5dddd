package dev.steward.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Writes batches on one connection; callers take turns. */
final class Writes implements AutoCloseable {
    /** Pruned once in so many transitions, so that a batch of a few pays nothing. */
    private static final int PRUNE_EVERY = 1_000;

    private static final int KEPT_INCIDENTS = 10_000;

    private final Path file;
    private final Connection connection;
    private final int keptTransitions;
    private final WriteStatements statements;
    private long unpruned = PRUNE_EVERY;

    Writes(Path file, Connection connection, int keptTransitions) throws SQLException {
        this.file = file;
        this.connection = connection;
        this.keptTransitions = keptTransitions;
        this.statements = WriteStatements.prepare(connection);
    }

    synchronized void write(Batch batch) throws StoreException {
        if (batch.isEmpty()) {
            return;
        }
        try (Statement control = connection.createStatement()) {
            // Intents need no fsync: after a power loss nothing lives. An incident, and what a person asked for,
            // outlasts it.
            boolean durable = !batch.incidents().isEmpty() || statements.asksAnew(batch.agents());
            if (!durable) {
                transact(control, batch);
                return;
            }
            // Between transactions: within one SQLite ignores it. FULL syncs the write-ahead log at the commit, with
            // all before it.
            control.execute("PRAGMA synchronous = FULL");
            try {
                transact(control, batch);
            } finally {
                control.execute("PRAGMA synchronous = NORMAL");
            }
        } catch (SQLException e) {
            throw Failures.of(file, "writing", e);
        }
    }

    @Override
    public synchronized void close() throws StoreException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw Failures.of(file, "closing", e);
        }
    }

    private void transact(Statement control, Batch batch) throws SQLException {
        control.execute("BEGIN IMMEDIATE");
        try {
            statements.put(batch.agents());
            statements.remove(batch.removedAgents());
            statements.add(batch.transitions());
            for (IncidentChange change : batch.incidents()) {
                statements.apply(change);
            }
            if (!batch.incidents().isEmpty()) {
                statements.pruneIncidents(KEPT_INCIDENTS);
            }
            unpruned += batch.transitions().size();
            if (unpruned >= PRUNE_EVERY) {
                statements.pruneTransitions(keptTransitions);
                unpruned = 0;
            }
            control.execute("COMMIT");
        } catch (SQLException | RuntimeException e) {
            rollBack(control, e);
            throw e;
        }
    }

    private static void rollBack(Statement control, Exception cause) {
        try {
            control.execute("ROLLBACK");
        } catch (SQLException e) {
            // On a full disk and on I/O errors SQLite may have rolled back by itself
            // (sqlite.org/lang_transaction.html), and says so.
            cause.addSuppressed(e);
        }
    }
}
