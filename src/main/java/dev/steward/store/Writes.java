package dev.steward.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

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
    private long unprunedRotations = PRUNE_EVERY;

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
            // So does the word that a log begins to fail: of rotations as such their archives tell.
            var rotations = statements.rotations().after(batch.rotations());
            boolean durable = !batch.incidents().isEmpty() || rotations.turns() || statements.asksAnew(batch.agents());
            Work all = () -> apply(batch, rotations.rows());
            if (!durable) {
                transact(control, all);
                return;
            }
            // Between transactions: within one SQLite ignores it. FULL syncs the write-ahead log at the commit, with
            // all before it.
            control.execute("PRAGMA synchronous = FULL");
            try {
                transact(control, all);
            } finally {
                control.execute("PRAGMA synchronous = NORMAL");
            }
        } catch (SQLException e) {
            throw Failures.of(file, "writing", e);
        }
    }

    /** Rows that another database gathered after what this one holds. */
    synchronized void addRotations(List<RotationRow> later) throws StoreException {
        try (Statement control = connection.createStatement()) {
            transact(control, () -> {
                for (var row : later) {
                    var earlier = statements.rotations().find(row.path());
                    statements
                            .rotations()
                            .put(List.of(earlier.map(row::following).orElse(row)));
                }
            });
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

    /** What is done within a transaction. */
    private interface Work {
        void run() throws SQLException;
    }

    private void apply(Batch batch, List<RotationRow> rotations) throws SQLException {
        statements.put(batch.agents());
        statements.remove(batch.removedAgents());
        statements.add(batch.transitions());
        for (IncidentChange change : batch.incidents()) {
            statements.apply(change);
        }
        statements.rotations().put(rotations);
        prune(batch);
    }

    private void prune(Batch batch) throws SQLException {
        if (!batch.incidents().isEmpty()) {
            statements.pruneIncidents(KEPT_INCIDENTS);
        }
        unpruned += batch.transitions().size();
        if (unpruned >= PRUNE_EVERY) {
            statements.pruneTransitions(keptTransitions);
            unpruned = 0;
        }
        unprunedRotations += batch.rotations().size();
        if (unprunedRotations >= PRUNE_EVERY && !batch.rotations().isEmpty()) {
            statements.rotations().prune(batch.rotations().getLast().last().at());
            unprunedRotations = 0;
        }
    }

    private void transact(Statement control, Work work) throws SQLException {
        control.execute("BEGIN IMMEDIATE");
        try {
            work.run();
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
