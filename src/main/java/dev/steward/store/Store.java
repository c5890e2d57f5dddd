package dev.steward.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * What a node remembers: agents, their transitions, incidents, rotations of logs. A SQLite database in WAL mode that belongs to one daemon.
 *
 * <p>Any thread may call; writers take turns, and readers neither wait for a writer nor hold one up (they have a connection of
 * their own). A batch that was written outlasts the death of the process. One with incidents, with a new request of a person
 * to start or stop an agent, or by which a log begins or ceases to fail, is on disk when {@link #write} returns; others may be
 * lost with the power, in their order.
 *
 * <p>The last 100,000 transitions are kept, and up to 1,000 more; of incidents the last 10,000, and all that are open. A log
 * that is gone is forgotten 90 days after what came of it last.
 *
 * <p>While a store is open, nothing in this process may open its file with Java I/O: closing it would drop SQLite's locks
 * (sqlite.org/howtocorrupt.html, 2.2).
 */
public final class Store implements StateReader {
    private static final int KEPT_TRANSITIONS = 100_000;

    private final Path file;
    private final InstantSource clock;
    private final int keptTransitions;
    private volatile Database database;
    /** Why what is written now goes with this process. */
    private volatile Optional<String> trouble;

    private Store(Path file, InstantSource clock, int keptTransitions, Database database, Optional<String> trouble) {
        this.file = file;
        this.clock = clock;
        this.keptTransitions = keptTransitions;
        this.database = database;
        this.trouble = trouble;
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
            Optional<Path> aside =
                    damage.isPresent() ? Optional.of(Damage.keepAside(file, "corrupt", clock)) : Optional.empty();
            var database = Database.open(file, keptTransitions);
            return new Opened(
                    new Store(file, clock, keptTransitions, database, Optional.empty()), aside, damage.orElse(""));
        } catch (SQLException e) {
            throw Failures.of(file, "opening", e);
        } catch (IOException e) {
            throw Failures.of(file, "opening", e);
        }
    }

    /**
     * A store in memory, for a daemon whose disk fails it, since agents have to run nevertheless. {@link #mend} moves it to its file.
     *
     * @param trouble why the file could not be opened, for people
     * @throws StoreException if there is no memory for it either
     */
    public static Store withoutFile(Path file, InstantSource clock, String trouble) throws StoreException {
        try {
            var database = Database.inMemory(KEPT_TRANSITIONS);
            return new Store(file, clock, KEPT_TRANSITIONS, database, Optional.of(trouble));
        } catch (SQLException e) {
            throw Failures.of(file, "opening", e);
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
     * Writes to the database of a daemon that is down; the caller holds that daemon's lock meanwhile. What is not as it should be is
     * for the daemon to mend, and stays as it is.
     *
     * @throws StoreException {@code MISSING}, {@code DAMAGED}, {@code OTHER_VERSION}, {@code FULL} or {@code UNAVAILABLE}; nothing was
     *     written
     */
    public static void addTo(Path file, Batch batch) throws StoreException {
        if (!Files.exists(file)) {
            throw new StoreException(StoreException.Kind.MISSING, file + ": there is no such file");
        }
        try {
            Database.add(file, batch, KEPT_TRANSITIONS);
        } catch (SQLException e) {
            throw Failures.of(file, "writing", e);
        } catch (IOException e) {
            throw Failures.of(file, "writing", e);
        }
    }

    /**
     * Writes all of the batch or nothing; the store stays usable after a failure. For an agent that is both put and removed,
     * removal is the last word.
     *
     * @throws StoreException if nothing was written; {@code FULL} for a full disk
     */
    public synchronized void write(Batch batch) throws StoreException {
        database.writes().write(batch);
    }

    /** Why what is written now would be gone with this process, for people; empty if it would not. */
    public Optional<String> trouble() {
        return trouble;
    }

    /**
     * Sees to it that what is written outlasts this process: moves it to its file if that could not be opened before, and makes the
     * file anew if it was deleted, or another one put in its place, which is kept beside. To be called now and then by the thread that
     * writes; costs one look at the file as long as all is well.
     *
     * @return what was done, for people; empty if there was nothing to do, or if it did not help, which {@link #trouble} says
     */
    public synchronized Optional<String> mend() {
        try {
            if (!database.inMemory() && database.isAt(file)) {
                trouble = Optional.empty();
                return Optional.empty();
            }
            var done = database.inMemory() ? leaveMemory() : replace();
            trouble = Optional.empty();
            return Optional.of(done);
        } catch (SQLException e) {
            return failed(Failures.of(file, "opening", e));
        } catch (IOException e) {
            return failed(Failures.of(file, "opening", e));
        } catch (StoreException e) {
            return failed(e);
        }
    }

    private Optional<String> failed(StoreException e) {
        trouble = Optional.of(e.getMessage() + ". It is tried again, and all is kept in memory until then");
        return Optional.empty();
    }

    private String leaveMemory() throws SQLException, IOException, StoreException {
        var opened = Store.open(file, clock, keptTransitions).store.database;
        try {
            database.pourInto(opened);
        } catch (StoreException e) {
            opened.close();
            throw e;
        }
        take(opened);
        return file + " can be written again: nothing that happened meanwhile is lost";
    }

    private String replace() throws SQLException, IOException, StoreException {
        var unseen = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(unseen);
        Database.restrict(unseen);
        database.reads().copyTo(unseen);
        database.removeCompanions(file);
        var aside =
                Database.exists(file) ? Optional.of(Damage.keepAside(file, "replaced", clock)) : Optional.<Path>empty();
        Files.move(unseen, file, StandardCopyOption.ATOMIC_MOVE);
        take(Database.open(file, keptTransitions));
        return aside.map(kept -> file + " was replaced under the daemon; what lay there was kept as " + kept)
                        .orElse(file + " was deleted under the daemon")
                + ". It was written anew, and nothing is lost";
    }

    private void take(Database next) throws StoreException {
        var former = database;
        database = next;
        former.close();
    }

    @Override
    public List<AgentRow> agents() throws StoreException {
        return database.reads().agents();
    }

    @Override
    public List<TransitionRow> history(String agent, int limit) throws StoreException {
        return database.reads().history(agent, limit);
    }

    @Override
    public List<TransitionRow> transitionsAfter(long seq, int limit) throws StoreException {
        return database.reads().transitionsAfter(seq, limit);
    }

    @Override
    public long lastSeq() throws StoreException {
        return database.reads().lastSeq();
    }

    @Override
    public List<IncidentRow> incidents(boolean openOnly, int limit) throws StoreException {
        return database.reads().incidents(openOnly, limit);
    }

    @Override
    public List<RotationRow> rotations() throws StoreException {
        return database.reads().rotations();
    }

    /** Closes it. Nothing that is correct needs this: a daemon that is killed loses nothing. */
    @Override
    public void close() throws StoreException {
        database.close();
    }
}
