package dev.steward.bus.ledger;

import dev.steward.bus.BusException;
import dev.steward.store.SqliteFile;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Runs commands in groups: all of one in one transaction with one sync. Should one of them fail, which is seldom, they are run once more,
 * each in a savepoint of its own: to be able to go back to one, SQLite copies each page before it changes it.
 */
final class Commits {
    private static final int WORTH_TIDYING = 500;
    private static final long PAUSE_NANOS = Duration.ofMillis(1).toNanos();

    private final OpenFile file;
    private final Statements statements;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Duration patience;
    private long version;
    private int untidy;

    /** @param patience how long another process may hold the database */
    Commits(OpenFile file, Statements statements, InstantSource clock, LongSupplier nanoTime, Duration patience) {
        this.file = file;
        this.statements = statements;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.patience = patience;
    }

    /** Runs them all; afterwards each has its outcome. */
    void run(List<Queued<?>> group) {
        try {
            transact(group);
        } catch (SQLException e) {
            // Busy is busy for all; but of a full disk one large payload may be the cause.
            if (group.size() == 1 || SqliteFile.busy(e)) {
                failed(group, Trouble.of(file.file(), "writing", e));
            } else {
                group.forEach(each -> run(List.of(each)));
            }
        } catch (BusException e) {
            failed(group, e);
        }
    }

    private static void failed(List<Queued<?>> group, BusException e) {
        group.forEach(each -> each.failed(e));
    }

    private void transact(List<Queued<?>> group) throws SQLException, BusException {
        file.check();
        try {
            transact(group, each -> each.run(new Transaction(statements, clock.instant())));
        } catch (BusException | RuntimeException | Error e) {
            transact(group, this::runInSavepoint);
        }
        // Deleted in between, what was committed is nowhere.
        file.check();
    }

    /** How a command is run. */
    private interface Way {
        void run(Queued<?> queued) throws SQLException, BusException;
    }

    private void transact(List<Queued<?>> group, Way way) throws SQLException, BusException {
        begin();
        try {
            for (var each : group) {
                way.run(each);
            }
            statements.update("COMMIT");
            untidy += group.size();
        } catch (SQLException | BusException | RuntimeException | Error e) {
            rollBack(e);
            throw e;
        }
    }

    private void runInSavepoint(Queued<?> queued) throws SQLException {
        statements.update("SAVEPOINT command");
        try {
            queued.run(new Transaction(statements, clock.instant()));
        } catch (BusException | RuntimeException | Error e) {
            statements.update("ROLLBACK TO command");
            queued.failed(e);
        }
        statements.update("RELEASE command");
    }

    // Not SQLite's own busy timeout, which waits longer and longer: beside a process that commits without end it waited
    // seconds.
    private void begin() throws SQLException {
        long deadline = nanoTime.getAsLong() + patience.toNanos();
        boolean mayBeOpen = true;
        while (true) {
            try {
                statements.update("BEGIN IMMEDIATE");
                return;
            } catch (SQLException e) {
                if (SqliteFile.busy(e) && nanoTime.getAsLong() - deadline <= 0) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                } else if (!SqliteFile.busy(e) && mayBeOpen) {
                    // A transaction that could not even be rolled back when its commit failed would be in the way for
                    // ever.
                    rollBack(e);
                    mayBeOpen = false;
                } else {
                    throw e;
                }
            }
        }
    }

    /** Whether so much was committed that {@link #tidy} is worth it. */
    boolean isUntidy() {
        return untidy >= WORTH_TIDYING;
    }

    /** Copies the write-ahead log into the database, while nobody waits for a commit. */
    void tidy() {
        untidy = 0;
        try {
            statements.number("PRAGMA wal_checkpoint(PASSIVE)");
        } catch (SQLException e) {
            // A commit will do it when the log is longer still, and what is wrong is told to who writes then.
            untidy = WORTH_TIDYING / 2;
        }
    }

    /** Whether another process, or another ledger of this one, changed something since this was last asked. */
    boolean changedElsewhere() {
        try {
            long now = statements.number("PRAGMA data_version");
            boolean changed = now != version;
            version = now;
            return changed;
        } catch (SQLException e) {
            // Whoever is called asks for what he needs, and is told the trouble then.
            return true;
        }
    }

    BusException closed() {
        return Trouble.closed(file.file());
    }

    /** Closes the connection. */
    void close() throws BusException {
        try {
            statements.close();
        } catch (SQLException e) {
            throw Trouble.of(file.file(), "closing", e);
        }
    }

    private void rollBack(Throwable cause) {
        try {
            statements.update("ROLLBACK");
        } catch (SQLException e) {
            // SQLite may have rolled back by itself (sqlite.org/lang_transaction.html), and says so.
            cause.addSuppressed(e);
        }
    }
}
