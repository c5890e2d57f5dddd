package dev.steward.store;

import dev.steward.store.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** Reads a copy of a database and its log, in a folder for this user alone that is removed at the end. */
final class PrivateCopy implements StateReader {
    private static final List<String> PARTS = List.of("", "-wal", "-shm");

    private final Path copy;
    private final StateReader reads;

    private PrivateCopy(Path copy, StateReader reads) {
        this.copy = copy;
        this.reads = reads;
    }

    static StateReader of(Path file) throws IOException, SQLException, StoreException {
        Path copy = Files.createTempDirectory("steward-state-").resolve("state.db");
        try {
            Files.copy(file, copy);
            Files.copy(Damage.companion(file, "-wal"), Damage.companion(copy, "-wal"));
            return new PrivateCopy(copy, ReadOnly.read(file, Sqlite.reading(copy, "")));
        } catch (IOException | SQLException | StoreException e) {
            remove(copy);
            throw e;
        }
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

    @Override
    public List<RotationRow> rotations() throws StoreException {
        return reads.rotations();
    }

    @Override
    public void close() throws StoreException {
        reads.close();
        try {
            remove(copy);
        } catch (IOException e) {
            throw new StoreException(Kind.UNAVAILABLE, copy.getParent() + ": removing this copy failed: " + e, e);
        }
    }

    private static void remove(Path copy) throws IOException {
        for (String part : PARTS) {
            Files.deleteIfExists(Damage.companion(copy, part));
        }
        Files.deleteIfExists(copy.resolveSibling(""));
    }
}
