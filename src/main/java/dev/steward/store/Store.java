package dev.steward.store;

import dev.steward.store.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What a node remembers: agents, their transitions, incidents. A SQLite database in WAL mode that belongs to one daemon.
 *
 * <p>Any thread may call; writers take turns, and readers neither wait for a writer nor hold one up (they have a connection of
 * their own). A batch that was written outlasts the death of the process. One with incidents, or with a new request of a person
 * to start or stop an agent, is on disk when {@link #write} returns; others may be lost with the power, in their order.
 *
 * <p>The last 100,000 transitions are kept, and up to 1,000 more.
 *
 * <p>While a store is open, nothing in this process may open its file with Java I/O: closing it would drop SQLite's locks
 * (sqlite.org/howtocorrupt.html, 2.2).
 */
public final class Store implements StateReader {
    private static final int KEPT_TRANSITIONS = 100_000;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Writes writes;
    private final Reads reads;

    private Store(Writes writes, Reads reads) {
        this.writes = writes;
        this.reads = reads;
    }

    /**
     * An open store.
     *
     * @param corruptKeptAside the name that a damaged database was given; to be said loudly
     * @param damage what was wrong with it, for people; empty if nothing was
     */
    public record Opened(Store store, Optional<Path> corruptKeptAside, String damage) {}

    /**
     * Opens the database, and makes it (mode 0600) if there is none. A damaged one is kept aside with its log, as {@code
     * <file>.corrupt-<yyyyMMdd-HHmmss>} in UTC, and a new one made.
     *
     * @throws StoreException if it can be neither opened nor made, or if a newer Steward wrote it (then nothing was changed)
     */
    public static Opened open(Path file, InstantSource clock) throws StoreException {
        return open(file, clock, KEPT_TRANSITIONS);
    }

    static Opened open(Path file, InstantSource clock, int keptTransitions) throws StoreException {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw new IOException("it is not a regular file");
            }
            Optional<String> damage = Damage.find(file);
            Optional<Path> aside = damage.isPresent() ? Optional.of(Damage.keepAside(file, clock)) : Optional.empty();
            restrict(file);
            return new Opened(connect(file, keptTransitions), aside, damage.orElse(""));
        } catch (SQLException e) {
            throw Failures.of(file, "opening", e);
        } catch (IOException e) {
            throw Failures.of(file, "opening", e);
        }
    }

    /**
     * A store that is forgotten with the process: for a daemon whose disk fails it, since agents have to run nevertheless.
     *
     * @throws StoreException if there is no memory for it either
     */
    public static Store inMemory() throws StoreException {
        var name = "steward-" + UUID.randomUUID();
        var nowhere = Path.of(name);
        try {
            var writer = Sqlite.inMemory(name);
            Schema.migrate(writer);
            return new Store(new Writes(nowhere, writer, KEPT_TRANSITIONS), new Reads(nowhere, Sqlite.inMemory(name)));
        } catch (SQLException e) {
            throw Failures.of(nowhere, "opening", e);
        }
    }

    /**
     * Opens the database of a daemon that is down (or up), to read what it last wrote. Creates and changes nothing.
     *
     * @throws StoreException {@code MISSING} (or still empty), {@code DAMAGED}, {@code OTHER_VERSION} or {@code UNAVAILABLE}
     */
    public static StateReader openReadOnly(Path file) throws StoreException {
        return ReadOnly.open(file);
    }

    /**
     * Writes all of the batch or nothing; the store stays usable after a failure. For an agent that is both put and removed,
     * removal is the last word.
     *
     * @throws StoreException if nothing was written; {@code FULL} for a full disk
     */
    public void write(Batch batch) throws StoreException {
        writes.write(batch);
    }

    @Override
    public List<AgentRow> agents() throws StoreException {
        return reads.agents();
    }

    @Override
    public List<TransitionRow> history(String agent, int limit) throws StoreException {
        return reads.history(agent, limit);
    }

    @Override
    public List<TransitionRow> transitionsAfter(long seq, int limit) throws StoreException {
        return reads.transitionsAfter(seq, limit);
    }

    @Override
    public long lastSeq() throws StoreException {
        return reads.lastSeq();
    }

    @Override
    public List<IncidentRow> incidents(boolean openOnly, int limit) throws StoreException {
        return reads.incidents(openOnly, limit);
    }

    /** Closes it. Nothing that is correct needs this: a daemon that is killed loses nothing. */
    @Override
    public void close() throws StoreException {
        try (writes) {
            reads.close();
        }
    }

    // SQLite gives its log the mode of the database, so the mode is set before there is a log.
    private static void restrict(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            return;
        }
        for (Path each : List.of(file, Damage.companion(file, "-wal"), Damage.companion(file, "-shm"))) {
            if (Files.exists(each) && !Files.getPosixFilePermissions(each).equals(OWNER_ONLY)) {
                Files.setPosixFilePermissions(each, OWNER_ONLY);
            }
        }
    }

    private static Store connect(Path file, int keptTransitions) throws SQLException, StoreException {
        Connection writer = Sqlite.writing(file);
        try {
            if (Schema.version(writer) > Schema.VERSION) {
                throw Schema.otherVersion(file, Schema.version(writer));
            }
            configure(file, writer);
            Schema.migrate(writer);
            var writes = new Writes(file, writer, keptTransitions);
            return new Store(writes, new Reads(file, Sqlite.reading(file, "")));
        } catch (SQLException | StoreException e) {
            writer.close();
            throw e;
        }
    }

    private static void configure(Path file, Connection writer) throws SQLException, StoreException {
        try (Statement statement = writer.createStatement()) {
            try (ResultSet mode = statement.executeQuery("PRAGMA journal_mode = WAL")) {
                if (!"wal".equals(mode.getString(1))) {
                    throw new StoreException(
                            Kind.UNAVAILABLE,
                            file
                                    + ": opening failed: its file system has no shared memory, which SQLite's write-ahead log"
                                    + " needs. Put the home on a local disk");
                }
            }
            statement.execute("PRAGMA synchronous = NORMAL");
            // A log that a burst made long is cut back after the next checkpoint.
            statement.execute("PRAGMA journal_size_limit = 4194304");
        }
    }
}
