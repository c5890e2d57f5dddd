package dev.steward.bus.ledger;

import dev.steward.bus.BusException;
import dev.steward.store.SqliteFile;
import dev.steward.store.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Opens ledgers. SQLite's native library should have been prepared before ({@code SqliteNative}), else the driver leaves a copy of it in
 * the temporary folder.
 */
public final class Ledgers {
    /** How long another process may hold the database before a write is given up. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int PAGE = 4_096;
    private static final int LOG_PAGES = 2_000;

    private Ledgers() {}

    /**
     * Opens the ledger of a node whose orders stay on it, and makes it (mode 0600) if there is none. Closing it needs no care: a
     * process that is killed loses nothing that it was told is done.
     *
     * @throws BusException {@code UNUSABLE} if it is damaged, of another program, or of a newer Steward, and is left as it is then;
     *     {@code FULL}; {@code UNAVAILABLE} if it can be neither opened nor made
     */
    public static Ledger open(Path file, InstantSource clock) throws BusException {
        return open(file, clock, false, System::nanoTime, PATIENCE);
    }

    /** The same for a node whose orders also go to others: what is to be sent is kept until {@link Ledger#sent}. */
    public static Ledger openLinked(Path file, InstantSource clock) throws BusException {
        return open(file, clock, true, System::nanoTime, PATIENCE);
    }

    static Ledger open(Path path, InstantSource clock, boolean linked, LongSupplier nanoTime, Duration patience)
            throws BusException {
        var file = new SqliteFile(path, LedgerSchema.APPLICATION_ID, LedgerSchema.MIGRATIONS);
        try {
            var statements = new Statements(file.write());
            try {
                // A commit that copies the log into the database holds up those behind it, so seldom; and a log that
                // keeps its
                // length is synced faster than one that grows.
                statements.number("PRAGMA wal_autocheckpoint = " + LOG_PAGES);
                statements.number("PRAGMA journal_size_limit = " + LOG_PAGES * PAGE);
                // A group with all the pages that it changes.
                statements.update("PRAGMA cache_size = -4096");
                Owing.begin(statements, clock.instant());
                // From here on whoever begins a transaction waits by himself.
                statements.number("PRAGMA busy_timeout = 0");
                var open = OpenFile.of(file);
                var writer = new Writer(new Commits(open, statements, clock, nanoTime, patience), nanoTime);
                writer.start();
                return new SqliteLedger(file.path().resolveSibling(""), clock, linked, writer, new Readers(open));
            } catch (SQLException | BusException e) {
                statements.close();
                throw e;
            }
        } catch (SQLException e) {
            throw Trouble.of(file, "opening", e);
        } catch (StoreException e) {
            throw Trouble.of(e);
        }
    }
}
