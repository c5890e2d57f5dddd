package dev.steward.logs;

import dev.steward.posix.FileFacts;
import dev.steward.posix.OpenFile;
import dev.steward.posix.SystemFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * One rotation that moves pieces of a live log's head into an archive, by a record that is right at every moment: whoever is killed
 * leaves what {@link #resume} brings to its end. The live file is locked by its opener meanwhile.
 */
final class Cutting implements AutoCloseable {
    /** So much of what was archived is compared with the live file before anything is taken from that. */
    private static final int COMPARED = 4096;

    /** The disk writes one while the next is copied. */
    private static final long STRETCH = 8 << 20;

    private final LogFolder folder;
    private final OpenFile live;
    private final OpenFile archive;
    private CutRecord record;

    private Cutting(LogFolder folder, OpenFile live, OpenFile archive, CutRecord record) {
        this.folder = folder;
        this.live = live;
        this.archive = archive;
        this.record = record;
    }

    /** A new one; nothing is taken yet. */
    static Cutting begin(LogFolder folder, OpenFile live, FileId id) throws IOException {
        var record = new CutRecord(id, new Step.Open(), 0);
        var name = record.nameFor(folder.name());
        return new Cutting(folder, live, folder.create(name), record);
    }

    /** Brings one to where nothing is owed to the live file. */
    static Cutting resume(LogFolder folder, OpenFile live, CutRecord record) throws IOException {
        var archive = folder.openUpdate(record.nameFor(folder.name()));
        var cutting = new Cutting(folder, live, archive, record);
        try {
            archive.truncate(record.owned());
            cutting.settle();
            return cutting;
        } catch (IOException e) {
            cutting.close();
            throw e;
        }
    }

    /** How many bytes the archive has. */
    long owned() {
        return record.owned();
    }

    /** Moves a piece into the archive. */
    void take(Piece piece) throws IOException {
        archive(piece.from(), piece.bytes());
        become(piece.firstStep(), record.owned() + piece.bytes());
        settle();
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

    /** Takes a piece away that is not archived; nothing was archived before it, which is older. */
    void drop(Step first) throws IOException {
        become(first, 0);
        settle();
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

    private void settle() throws IOException {
        while (!(record.step() instanceof Step.Open)) {
            become(
                    switch (record.step()) {
                        case Step.Open open -> open;
                        case Step.Punch punch -> punch(punch);
                        case Step.Collapse collapse -> collapse(collapse);
                        case Step.Pad pad -> pad(pad);
                        case Step.Hole hole -> hole(hole);
                        case Step.Truncate truncate -> truncate(truncate);
                    },
                    record.owned());
        }
    }

    private Step punch(Step.Punch step) throws IOException {
        if (!isStill(step.end())) {
            return new Step.Open();
        }
        // Its copy has its name for good before anything is taken from the file.
        folder.sync();
        live.punch(0, step.to());
        return new Step.Collapse(step.to(), step.end());
    }

    private Step collapse(Step.Collapse step) throws IOException {
        var size = live.facts().size();
        if (size < step.end()) {
            return new Step.Open();
        }
        if (live.nextData(0) >= step.to()) {
            try {
                live.collapse(0, step.to());
            } catch (SystemFailure e) {
                if (e.kind() == SystemFailure.Kind.NO_SPACE) {
                    throw e;
                }
                // The trial promised more than holds for this file.
                return new Step.Hole(step.end());
            }
        }
        return step.end() > step.to() ? new Step.Pad(step.end() - step.to()) : unpadded();
    }

    private Step unpadded() throws IOException {
        Head.note(live, 0);
        return new Step.Open();
    }

    private Step pad(Step.Pad step) throws IOException {
        if (isHalfBlank(step.length())) {
            live.write(Head.blank(step.length()), 0);
            live.syncData();
            Head.note(live, step.length());
        }
        return new Step.Open();
    }

    private Step hole(Step.Hole step) throws IOException {
        if (isStill(step.to())) {
            folder.sync();
            live.punch(0, step.to());
            Head.note(live, step.to());
        }
        return new Step.Open();
    }

    private Step truncate(Step.Truncate step) throws IOException {
        if (isStill(step.end())) {
            folder.sync();
            live.truncate(0);
            Head.note(live, 0);
        }
        return new Step.Open();
    }

    /** Whether the live file has before {@code end} what the archive ends with, or the NULs of a hole; else somebody truncated it. */
    private boolean isStill(long end) throws IOException {
        if (live.facts().size() < end) {
            return false;
        }
        var count = (int) Math.min(COMPARED, Math.min(end, record.owned()));
        return isMade(bytes(live, end - count, count), archiveEnd(count), ByteBuffer.allocate(count));
    }

    /** Whether the head is still the archive's end, or a blank line in its place, or something of both. */
    private boolean isHalfBlank(long length) throws IOException {
        if (live.facts().size() < length) {
            return false;
        }
        var count = (int) Math.min(length, record.owned());
        var blank = Head.blank(length).position((int) (length - count)).slice();
        return isMade(bytes(live, length - count, count), archiveEnd(count), blank);
    }

    /** Whether each byte is that of the one or of the other: a write may have been interrupted anywhere. */
    private static boolean isMade(ByteBuffer present, ByteBuffer one, ByteBuffer other) {
        for (var i = 0; i < one.limit(); i++) {
            if (i >= present.limit() || (present.get(i) != one.get(i) && present.get(i) != other.get(i))) {
                return false;
            }
        }
        return true;
    }

    private ByteBuffer archiveEnd(int count) throws IOException {
        return bytes(archive, record.owned() - count, count);
    }

    private static ByteBuffer bytes(OpenFile file, long at, int count) throws IOException {
        var bytes = ByteBuffer.allocate(count);
        var read = 1;
        while (bytes.hasRemaining() && read > 0) {
            read = file.read(bytes, at + bytes.position());
        }
        return bytes.flip();
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
        return record.owned() > 0 && bytes(archive, record.owned() - 1, 1).get(0) == '\n';
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
        Shelf.dress(archive, as, at);
        archive.sync();
        return Optional.of(Shelf.put(folder, hidden));
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
