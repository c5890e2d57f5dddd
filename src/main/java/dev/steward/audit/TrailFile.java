package dev.steward.audit;

import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The file of a trail. It is opened for each append, since what that costs is nothing beside a sync, and a file that was moved away is
 * noticed. For one thread at a time.
 */
final class TrailFile {
    /** What is to be written is given to the system in such pieces. */
    private static final int PIECE = 1 << 18;

    private final Path file;
    private final Locker locker;
    private final Supplier<String> ts;
    private final RecordWriter writer = new RecordWriter();

    /** How the last append left the file; null before the first. */
    private @Nullable Left left;

    /** What the trail has to say of itself, until it is written. */
    private final List<RecordBody> owed = new ArrayList<>();

    /** @param ts the time, as records have it */
    TrailFile(Path file, Locker locker, Supplier<String> ts) {
        this.file = file;
        this.locker = locker;
        this.ts = ts;
    }

    /** A file and its end. */
    private record Left(LineFile.Identity identity, Tail tail) {}

    /**
     * Appends these groups with one sync; gives where each ended. If it throws, nothing of them was recorded, and the file is as it
     * was.
     */
    List<Seal> append(List<List<RecordBody>> groups) throws IOException {
        try (Closeable _ = locker.lock();
                LineFile lines = open()) {
            Tail tail = look(lines);
            writer.begin(tail.head(), ts.get());
            try {
                return append(lines, tail.size(), groups);
            } catch (IOException | RuntimeException | Error e) {
                cutBack(lines, tail, e);
                throw e;
            }
        }
    }

    private List<Seal> append(LineFile lines, long from, List<List<RecordBody>> groups) throws IOException {
        var seals = new ArrayList<Seal>(groups.size());
        long at = from;
        owed.forEach(writer::add);
        for (List<RecordBody> group : groups) {
            for (RecordBody record : group) {
                writer.add(record);
                if (writer.size() >= PIECE) {
                    at = write(lines, at);
                }
            }
            seals.add(writer.seal());
        }
        at = write(lines, at);
        if (at > from) {
            lines.endAt(at);
            owed.clear();
            left = new Left(lines.identity(), new Tail(at, 0, writer.seal().head()));
        }
        return seals;
    }

    private long write(LineFile lines, long at) throws IOException {
        int length = writer.size();
        writer.takeInto((bytes, from, count) -> lines.write(at, bytes, from, count));
        return at + length;
    }

    private static void cutBack(LineFile lines, Tail tail, Throwable failure) {
        try {
            if (lines.size() > tail.size()) {
                lines.cutTo(tail.size());
            }
        } catch (IOException again) {
            // What stays is a torn line, which the next append repairs.
            failure.addSuppressed(again);
        }
    }

    /** Finds the end, unless the file is as it was left. */
    private Tail look(LineFile lines) throws IOException {
        Left before = left;
        if (before != null
                && before.tail().size() == lines.size()
                && before.identity().equals(lines.identity())) {
            // Not read again: should somebody have changed the last line, the chain must not vouch for it.
            return before.tail();
        }
        Tail tail = Tail.of(lines);
        var news = new ArrayList<AuditEvent>();
        if (before != null && tail.size() < before.tail().size()) {
            news.add(told("audit_shortened", before.tail(), tail));
        } else if (before != null && !before.tail().isIn(lines)) {
            news.add(told("audit_replaced", before.tail(), tail));
        }
        if (tail.torn() > 0) {
            news.add(cutTorn(lines, tail));
        }
        owed.addAll(RecordBody.of(news));
        left = new Left(lines.identity(), new Tail(tail.size(), 0, tail.head()));
        return tail;
    }

    private static AuditEvent told(String event, Tail before, Tail now) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("bytes_before", before.size());
        fields.put("seq_before", before.head().seq());
        fields.put("head_before", before.head().hash());
        fields.put("bytes", now.size());
        return new AuditEvent(event, fields);
    }

    // The copy is on disk before the original goes. Killed in between, the next one copies once more.
    private AuditEvent cutTorn(LineFile lines, Tail tail) throws IOException {
        long end = tail.size() + tail.torn();
        Path aside = file.resolveSibling(file.getFileName() + ".torn");
        try (var out = new FileOutputStream(aside.toFile(), true)) {
            lines.copy(tail.size(), end, out::write);
            out.write('\n');
            out.getFD().sync();
        }
        String hash = lines.hash(tail.size(), end);
        lines.cutTo(tail.size());
        var fields = new LinkedHashMap<String, Object>();
        fields.put("bytes", tail.torn());
        fields.put("sha256", hash);
        return new AuditEvent("audit_repaired", fields);
    }

    private LineFile open() throws IOException {
        if (!Files.exists(file)) {
            create();
        }
        return LineFile.toWrite(file);
    }

    private void create() throws IOException {
        Path folder = file.resolveSibling("");
        Files.createDirectories(folder);
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            throw new IOException("it is a symbolic link that leads nowhere", e);
        }
        // A new name is on disk once its folder is.
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
