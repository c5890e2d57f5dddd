package dev.steward.logs;

import dev.steward.config.LogRules.Strategy;
import dev.steward.posix.FileFacts;
import dev.steward.posix.OpenFile;
import dev.steward.posix.OpenFiles;
import dev.steward.posix.SystemFailure;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;

/**
 * Compresses archives by gzip (RFC 1952). That takes its time, so it needs no lock and may be done while the log is rotated; only to put
 * the result in its place takes the log's lock for a moment. Whoever is killed leaves a hidden file, which the next replaces.
 */
final class Compression {
    private static final int BLOCK = 1 << 17;

    private final OpenFiles files;
    private final Around around;

    Compression(OpenFiles files, Around around) {
        this.files = files;
        this.around = around;
    }

    /**
     * A compressed archive that waits for its place.
     *
     * @param made the file of that name, if nobody has begun another one since
     * @param plain what was compressed; its number changes while it waits
     */
    record Pressed(Log log, String file, FileId made, FileFacts plain) {}

    /** Compresses the oldest archive that is to be; empty if there is none. Any thread. */
    Optional<Pressed> press(Log log) throws IOException {
        var folder = new LogFolder(files, log.path());
        if (!log.rules().compress() || !Files.isDirectory(folder.path())) {
            return Optional.empty();
        }
        removeStale(folder);
        var archives = folder.archives();
        for (var archive : archives.newestFirst().reversed()) {
            // The writers of a renamed log go on with it until they were told.
            var settled = archive.number() > 1 || !(log.rules().strategy() instanceof Strategy.Rename);
            if (!archive.compressed() && settled && hasPlace(folder, archives, archive)) {
                var pressed = press(log, folder, archive);
                if (pressed.isPresent()) {
                    return pressed;
                }
            }
        }
        return Optional.empty();
    }

    /** Whether it can take the place of that form: another file under that name stays, and the archive beside it. */
    private static boolean hasPlace(LogFolder folder, Archives archives, Archive plain) throws IOException {
        try {
            return !archives.newestFirst().contains(plain.inGzip()) || isDouble(folder, plain);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** What was made from archives that are gone by now. */
    private void removeStale(LogFolder folder) throws IOException {
        var names = folder.names();
        var present = new HashSet<String>();
        for (var archive : Archives.among(names, folder.name()).newestFirst()) {
            if (!archive.compressed()) {
                facts(folder, archive.nameFor(folder.name()))
                        .ifPresent(plain -> present.add(hidden(folder, plain.inode())));
            }
        }
        for (var name : names) {
            if (name.startsWith(hidden(folder, "")) && !present.contains(name) && isOurs(folder, name)) {
                folder.delete(name);
            }
        }
    }

    private boolean isOurs(LogFolder folder, String name) throws IOException {
        return facts(folder, name)
                .filter(facts -> facts.owner() == around.user())
                .isPresent();
    }

    /** Empty if it has moved on, or went by retention. */
    private Optional<FileFacts> facts(LogFolder folder, String name) throws IOException {
        try {
            return Optional.of(files.facts(folder.path(name)));
        } catch (SystemFailure e) {
            if (e.kind() == SystemFailure.Kind.MISSING) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static String hidden(LogFolder folder, long inode) {
        return hidden(folder, Long.toString(inode, Character.MAX_RADIX));
    }

    private static String hidden(LogFolder folder, String inode) {
        return "." + folder.name() + ".gz-" + inode;
    }

    private Optional<Pressed> press(Log log, LogFolder folder, Archive archive) throws IOException {
        try (var plain = folder.openRead(archive.nameFor(folder.name()))) {
            var facts = plain.facts();
            if (!facts.regular() || facts.links() != 1 || !plain.tryLock() || around.isWritten(facts)) {
                return Optional.empty();
            }
            var name = hidden(folder, facts.inode());
            folder.delete(name);
            try (var target = folder.create(name)) {
                copy(plain, target);
                Shelf.dress(target, facts, Instant.EPOCH.plus(Duration.ofNanos(facts.modifiedNanos())));
                target.sync();
                return Optional.of(new Pressed(log, name, FileId.of(target.facts()), facts));
            } catch (IOException e) {
                folder.delete(name);
                throw e;
            }
        } catch (SystemFailure e) {
            return switch (e.kind()) {
                // It has moved on, or went by retention; or it is a link, of which the next rotation tells.
                case MISSING, SYMLINK -> Optional.empty();
                default -> throw e;
            };
        }
    }

    private static void copy(OpenFile plain, OpenFile target) throws IOException {
        var block = ByteBuffer.allocate(BLOCK);
        // Processor time belongs to the agents: the quickest level, which makes logs a little larger.
        try (var gzip = new GZIPOutputStream(new Appending(target), BLOCK) {
            {
                def.setLevel(Deflater.BEST_SPEED);
            }
        }) {
            for (var at = 0L; plain.read(block.clear(), at) > 0; at += block.position()) {
                gzip.write(block.array(), 0, block.position());
            }
        }
    }

    /** Puts it in the place of what it was made from. The thread that rotates. */
    void shelve(Pressed pressed) throws IOException {
        var folder = new LogFolder(files, pressed.log().path());
        try (var live = folder.live()) {
            if (live.tryLock()) {
                place(folder, pressed);
            }
        } catch (SystemFailure e) {
            if (e.kind() != SystemFailure.Kind.MISSING) {
                throw e;
            }
            place(folder, pressed);
        } finally {
            if (isMade(folder, pressed)) {
                folder.delete(pressed.file());
            }
        }
    }

    /** Another process may have begun to compress the same archive, under the same name, as soon as this one had done so. */
    private boolean isMade(LogFolder folder, Pressed pressed) throws IOException {
        return facts(folder, pressed.file())
                .filter(facts -> FileId.of(facts).equals(pressed.made()))
                .isPresent();
    }

    private void place(LogFolder folder, Pressed pressed) throws IOException {
        var archives = folder.archives();
        for (var archive : archives.newestFirst()) {
            var plain = archive.nameFor(folder.name());
            var here = archive.compressed() ? Optional.<FileFacts>empty() : facts(folder, plain);
            if (here.filter(facts -> isSame(facts, pressed.plain())).isEmpty()) {
                continue;
            }
            try (var held = folder.openRead(plain)) {
                // As long as this one has its lock, nobody begins to compress it.
                if (held.tryLock() && isMade(folder, pressed)) {
                    place(folder, pressed, archives, archive);
                }
            }
            return;
        }
    }

    private static void place(LogFolder folder, Pressed pressed, Archives archives, Archive plain) throws IOException {
        var compressed = plain.inGzip();
        if (!archives.newestFirst().contains(compressed)) {
            folder.rename(pressed.file(), compressed.nameFor(folder.name()));
            folder.delete(plain.nameFor(folder.name()));
        } else if (isDouble(folder, plain)) {
            folder.delete(plain.nameFor(folder.name()));
        }
    }

    private static boolean isSame(FileFacts here, FileFacts before) {
        return here.inode() == before.inode()
                && here.device() == before.device()
                && here.size() == before.size()
                && here.modifiedNanos() == before.modifiedNanos();
    }

    /** Whether both forms of one number hold the same: then somebody was killed before the first was removed. */
    private static boolean isDouble(LogFolder folder, Archive plain) throws IOException {
        try (var one = Files.newInputStream(folder.path(plain));
                var other = new GZIPInputStream(Files.newInputStream(folder.path(plain.inGzip())), BLOCK)) {
            byte[] expected;
            do {
                expected = one.readNBytes(BLOCK);
                if (!Arrays.equals(expected, other.readNBytes(BLOCK))) {
                    return false;
                }
            } while (expected.length > 0);
            return true;
        } catch (EOFException | ZipException e) {
            // That is no whole archive.
            return false;
        }
    }

    /** Writes to the end of a file that grows by this alone. */
    private static final class Appending extends OutputStream {
        private final OpenFile file;
        private long at;

        Appending(OpenFile file) {
            this.file = file;
        }

        @Override
        public void write(int each) throws IOException {
            write(new byte[] {(byte) each}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            file.write(ByteBuffer.wrap(bytes, from, count), at);
            at += count;
        }
    }
}
