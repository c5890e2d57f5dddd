package dev.steward.store;

import dev.steward.store.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * One database that is open: a connection that writes, and one that reads.
 *
 * @param keys of its file and that's companions by their suffixes, whatever they are named by now; none for one in memory
 */
record Database(Writes writes, Reads reads, Map<String, Object> keys) implements AutoCloseable {
    private static final int AT_ONCE = 1_000;
    private static final List<String> PARTS = List.of("", "-wal", "-shm");
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    /** Opens a sound database, or one that is still empty. */
    static Database open(Path file, int keptTransitions) throws SQLException, IOException, StoreException {
        restrict(file);
        Connection writer = Sqlite.writing(file);
        try {
            if (Schema.version(writer) > Schema.VERSION) {
                throw Schema.otherVersion(file, Schema.version(writer));
            }
            configure(file, writer);
            Schema.migrate(writer);
            var writes = new Writes(file, writer, keptTransitions);
            return new Database(writes, new Reads(file, Sqlite.reading(file, ""), Schema.VERSION), keys(file));
        } catch (SQLException | IOException | StoreException e) {
            writer.close();
            throw e;
        }
    }

    /** Writes to a sound database of this version, and leaves any other as it is. */
    static void add(Path file, Batch batch, int keptTransitions) throws SQLException, IOException, StoreException {
        var damage = Damage.find(file);
        if (damage.isPresent()) {
            throw new StoreException(
                    Kind.DAMAGED,
                    file + " is damaged (" + damage.get() + "). The daemon keeps it aside and makes a new one when it"
                            + " starts");
        }
        try (Connection writer = Sqlite.writing(file)) {
            if (Schema.version(writer) != Schema.VERSION) {
                throw Schema.otherVersion(file, Schema.version(writer));
            }
            configure(file, writer);
            new Writes(file, writer, keptTransitions).write(batch);
        }
    }

    /** One that goes with the process. */
    static Database inMemory(int keptTransitions) throws SQLException {
        var name = "steward-" + UUID.randomUUID();
        var nowhere = Path.of(name);
        var writer = Sqlite.inMemory(name);
        Schema.migrate(writer);
        return new Database(
                new Writes(nowhere, writer, keptTransitions),
                new Reads(nowhere, Sqlite.inMemory(name), Schema.VERSION),
                Map.of());
    }

    // SQLite gives its log the mode of the database, so the mode is set before there is a log.
    static void restrict(Path file) throws IOException {
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

    static void configure(Path file, Connection writer) throws SQLException, StoreException {
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

    /** Whether anything of a database lies there. */
    static boolean exists(Path file) {
        return PARTS.stream().anyMatch(suffix -> Files.exists(Damage.companion(file, suffix)));
    }

    private static Map<String, Object> keys(Path file) throws IOException {
        var keys = new HashMap<String, Object>();
        for (var suffix : PARTS) {
            key(Damage.companion(file, suffix)).ifPresent(key -> keys.put(suffix, key));
        }
        return keys;
    }

    /** Which file that is; empty if there is none. */
    static Optional<Object> key(Path file) throws IOException {
        try {
            return Optional.ofNullable(
                    Files.readAttributes(file, BasicFileAttributes.class).fileKey());
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    boolean inMemory() {
        return keys.isEmpty();
    }

    /** Whether it is this one that lies there. */
    boolean isAt(Path file) throws IOException {
        return isAt(file, "");
    }

    private boolean isAt(Path file, String suffix) throws IOException {
        return Optional.ofNullable(keys.get(suffix)).equals(key(Damage.companion(file, suffix)));
    }

    /** Removes what is left of this one where it lay: it would be taken for the log of another one there. */
    void removeCompanions(Path file) throws IOException {
        for (var suffix : PARTS) {
            if (!suffix.isEmpty() && isAt(file, suffix)) {
                Files.deleteIfExists(Damage.companion(file, suffix));
            }
        }
    }

    /** Writes all that it holds into another one, after what that holds already. */
    void pourInto(Database other) throws StoreException {
        other.writes.write(new Batch(reads.agents(), List.of(), List.of(), changes()));
        var rows = reads.transitionsAfter(0, AT_ONCE);
        while (!rows.isEmpty()) {
            other.writes.write(new Batch(List.of(), List.of(), rows, List.of()));
            rows = reads.transitionsAfter(rows.getLast().seq(), AT_ONCE);
        }
        other.writes.addRotations(reads.rotations());
    }

    private List<IncidentChange> changes() throws StoreException {
        var changes = new ArrayList<IncidentChange>();
        for (var row : reads.incidents(false, AT_ONCE).reversed()) {
            changes.add(new IncidentChange.Open(row.subject(), row.cause(), row.detail(), row.opened()));
            row.resolved().ifPresent(at -> changes.add(new IncidentChange.Resolve(row.subject(), row.cause(), at)));
        }
        return changes;
    }

    @Override
    public void close() throws StoreException {
        try (writes) {
            reads.close();
        }
    }
}
