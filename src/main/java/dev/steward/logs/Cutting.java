package dev.steward.logs;

import dev.steward.posix.FileFacts;
import dev.steward.posix.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * One rotation that moves pieces of a live log's head into an archive, by a record that is right at every moment: whoever is killed
 * leaves what {@link #resume} brings to its end. The live file is locked by its opener meanwhile.
 */
final class Cutting implements AutoCloseable {
    /** The disk writes one while the next is copied. */
    private static final long STRETCH = 8 << 20;

    /** NAME_MAX. */
    private static final int LONGEST_NAME = 255;

    private final LogFolder folder;
    private final OpenFile live;
    private final OpenFile archive;
    private final Steps steps;
    private CutRecord record;

    private Cutting(LogFolder folder, OpenFile live, OpenFile archive, CutRecord record) {
        this.folder = folder;
        this.live = live;
        this.archive = archive;
        this.record = record;
        steps = new Steps(live, archive);
    }

    /**
     * What must hold before any file is made beside the log.
     *
     * @throws LeftAlone if the log's name leaves no room for a record
     */
    static void requireRoom(LogFolder folder, FileId id) throws LeftAlone {
        var longest = new CutRecord(id, new Step.Collapse(Long.MAX_VALUE, Long.MAX_VALUE), Long.MAX_VALUE);
        var bytes = longest.nameFor(folder.name()).getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LONGEST_NAME) {
            throw new LeftAlone("its name is too long by " + (bytes - LONGEST_NAME)
                    + " bytes: how far a rotation is stands in the name of a file beside it");
        }
    }

    /** A new one; nothing is taken yet. */
    static Cutting begin(LogFolder folder, OpenFile live, FileId id) throws IOException, LeftAlone {
        requireRoom(folder, id);
        var record = new CutRecord(id, new Step.Open(), 0);
        var archive = folder.create(record.nameFor(folder.name()));
        // Says to others that somebody works on it.
        archive.tryLock();
        return new Cutting(folder, live, archive, record);
    }

    /** Brings one to where nothing is owed to the live file. */
    static Cutting resume(LogFolder folder, OpenFile live, CutRecord record) throws IOException {
        var archive = folder.openUpdate(record.nameFor(folder.name()));
        var cutting = new Cutting(folder, live, archive, record);
        try {
            if (!archive.tryLock()) {
                throw new IOException("somebody else is bringing its rotation to the end");
            }
            archive.truncate(record.owned());
            cutting.catchUp();
            cutting.settle();
            return cutting;
        } catch (IOException e) {
            cutting.close();
            throw e;
        }
    }

    /** What was written since the copy, before the file is cut to nothing: that may have been long ago. */
    private void catchUp() throws IOException {
        var size = live.facts().size();
        if (record.step() instanceof Step.Truncate truncate
                && size > truncate.end()
                && steps.isOwed(truncate, record.owned())) {
            archive(truncate.end(), size - truncate.end());
            become(new Step.Truncate(size), record.owned() + size - truncate.end());
        }
    }

    /** How many bytes the archive has. */
    long owned() {
        return record.owned();
    }

    /**
     * Moves a piece into the archive.
     *
     * @return whether it was taken out; else a hole is left, because that could not be
     */
    boolean take(Piece piece) throws IOException {
        archive(piece.from(), piece.bytes());
        become(piece.firstStep(), record.owned() + piece.bytes());
        return settle();
    }

    /** Moves [from, end) into the archive, and leaves a hole. */
    void takeByHole(long from, long end) throws IOException {
        archive(from, end - from);
        become(new Step.Hole(end), record.owned() + end - from);
        settle();
    }

    /** Moves [from, size), all there is, into the archive; what is written meanwhile is lost. */
    void takeByTruncation(long from, long size) throws IOException {
        archive(from, size - from);
        become(new Step.Truncate(size), record.owned() + size - from);
        settle();
    }

    /**
     * Takes a piece away that is not archived; nothing was archived before it, which is older.
     *
     * @return as {@link #take} does
     */
    boolean drop(Step first) throws IOException {
        become(first, 0);
        return settle();
    }

    /** Drops what was archived so far. */
    void forget() throws IOException {
        become(record.step(), 0);
        archive.truncate(0);
    }

    private void archive(long from, long count) throws IOException {
        try {
            for (var done = 0L; done < count; done += STRETCH) {
                var stretch = Math.min(STRETCH, count - done);
                if (live.copyTo(archive, from + done, record.owned() + done, stretch) < stretch) {
                    throw new IOException("it was truncated by somebody else while it was rotated");
                }
                archive.startWriteback(record.owned() + done, stretch);
            }
            archive.sync();
        } catch (IOException e) {
            archive.truncate(record.owned());
            throw e;
        }
    }

    /** @return whether all was taken out; else a hole is left */
    private boolean settle() throws IOException {
        if (record.step() instanceof Step.Open) {
            return true;
        }
        // The record has its name for good, and the archive its lines, before anything is taken from the live file.
        folder.sync();
        var taken = true;
        while (!(record.step() instanceof Step.Open)) {
            taken &= !(record.step() instanceof Step.Hole);
            become(steps.after(record.step(), record.owned()), record.owned());
        }
        return taken;
    }

    private void become(Step step, long owned) throws IOException {
        var next = new CutRecord(record.live(), step, owned);
        if (!next.equals(record)) {
            folder.rename(record.nameFor(folder.name()), next.nameFor(folder.name()));
            record = next;
        }
    }

    /** Whether the archive ends with a whole line. */
    boolean endsWithLine() throws IOException {
        var last = ByteBuffer.allocate(1);
        return record.owned() > 0 && archive.read(last, record.owned() - 1) == 1 && last.get(0) == '\n';
    }

    /**
     * Gives the archive its name. What had that name has moved on.
     *
     * @param as whose owner and mode it gets
     * @return empty if there was nothing to archive
     */
    Optional<Path> publish(FileFacts as, Instant at) throws IOException {
        var hidden = record.nameFor(folder.name());
        if (record.owned() == 0) {
            folder.delete(hidden);
            return Optional.empty();
        }
        archive.modified(at);
        var published = Shelf.put(folder, hidden);
        // Only then: as long as it is hidden, its owner says who made it.
        Shelf.dress(archive, as, at);
        return Optional.of(published);
    }

    /** Leaves nothing behind if nothing was taken. */
    void abandon() throws IOException {
        if (record.isEmpty()) {
            folder.delete(record.nameFor(folder.name()));
        }
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }
}
