package dev.steward.audit;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Appends to the audit trail: JSON Lines, each with the SHA-256 of the line before it (docs/audit.md). Several processes may append
 * to one file, each with a trail of its own; any thread may call.
 *
 * <p>The file is opened for each append and nothing is held in between, so that a file that was moved away is noticed. What an
 * interrupted write left after the last newline is moved to {@code <file>.torn} and recorded as {@code audit_repaired}; a file that
 * became shorter since the last append is recorded as {@code audit_shortened}.
 */
public final class AuditTrail {
    private static final DateTimeFormatter TS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx");

    private final Path file;
    private final InstantSource clock;
    private final ZoneId zone;
    private final Locker locker;

    /** How the last append left the file; null before the first. */
    private @Nullable Tail left;

    /** What the trail has to say of itself, until it is written. */
    private final List<AuditEvent> owed = new ArrayList<>();

    private AuditTrail(Path file, InstantSource clock, ZoneId zone, Locker locker) {
        this.file = file;
        this.clock = clock;
        this.zone = zone;
        this.locker = locker;
    }

    /**
     * Touches nothing: the file (mode 0600) and its folder are made by the first append.
     *
     * @param zone in which the times of records are written
     */
    public static AuditTrail open(Path file, InstantSource clock, ZoneId zone, Locker locker) {
        return new AuditTrail(file.toAbsolutePath(), clock, zone, locker);
    }

    /**
     * Records the events, in their order, with one sync. When it returns, they are on disk. An empty list only tells the head (and
     * repairs, if there is something to repair).
     *
     * @throws AuditException if none was recorded; the file is as it was, and a later append works once the trouble is over
     */
    public synchronized Head append(List<AuditEvent> events) throws AuditException {
        try (Closeable _ = locker.lock()) {
            create();
            try (LineFile lines = LineFile.toWrite(file)) {
                return append(lines, events);
            }
        } catch (IOException e) {
            throw AuditException.of(
                    file, "recording", e, "Nothing of it was recorded. Check free space and rights there");
        }
    }

    private Head append(LineFile lines, List<AuditEvent> events) throws IOException {
        Tail tail = look(lines);
        var all = new ArrayList<AuditEvent>(owed);
        all.addAll(events);
        if (all.isEmpty()) {
            return tail.head();
        }
        String ts = TS.format(clock.instant().atZone(zone));
        var bytes = new ByteArrayOutputStream();
        Head head = tail.head();
        for (AuditEvent event : all) {
            byte[] line = RecordWriter.line(head.seq() + 1, ts, event, head.hash());
            head = new Head(head.seq() + 1, Hashes.of(line));
            bytes.writeBytes(line);
            bytes.write('\n');
        }
        write(lines, tail, bytes.toByteArray());
        owed.clear();
        left = new Tail(tail.size() + bytes.size(), 0, head);
        return head;
    }

    /** Finds the end, unless the file is as it was left. */
    private Tail look(LineFile lines) throws IOException {
        Tail before = left;
        long size = lines.size();
        if (before != null && before.size() == size) {
            // Not read again: should somebody have changed the last line, the chain must not vouch for it.
            return before;
        }
        Tail tail = Tail.of(lines);
        if (before != null && size < before.size()) {
            owed.add(shortened(before, tail));
        }
        if (tail.torn() > 0) {
            keepTorn(lines, tail);
        }
        left = tail;
        return tail;
    }

    private static AuditEvent shortened(Tail before, Tail now) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("bytes_before", before.size());
        fields.put("seq_before", before.head().seq());
        fields.put("head_before", before.head().hash());
        fields.put("bytes", now.size());
        return new AuditEvent("audit_shortened", fields);
    }

    // The copy is on disk before the original goes. Killed in between, the next one copies once more.
    private void keepTorn(LineFile lines, Tail tail) throws IOException {
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
        owed.add(new AuditEvent("audit_repaired", fields));
    }

    private static void write(LineFile lines, Tail tail, byte[] bytes) throws IOException {
        try {
            lines.writeEnd(tail.size(), bytes);
        } catch (IOException e) {
            try {
                lines.cutTo(tail.size());
            } catch (IOException again) {
                // What stays is a torn line, which the next append repairs.
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    private void create() throws IOException {
        if (Files.exists(file)) {
            return;
        }
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
