package dev.steward.orders;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.steward.bus.Body;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The folder of large payloads on their way: each in a file of its own, of mode 0600 and a random name. */
public final class Spool {
    private static final String ENDING = ".body";

    private final Path folder;

    /** The spool in this folder, which need not exist. */
    public Spool(Path folder) {
        this.folder = folder;
    }

    /** A new file with what was read already and what comes; it is synced, with its folder. If this fails, there is none. */
    Body put(InputStream begin, InputStream rest, RandomGenerator random, Hashing.Pass pass) throws IOException {
        Files.createDirectories(folder, mode("rwx------"));
        var file = folder.resolve(
                HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong()) + ENDING);
        try (var channel = FileChannel.open(file, Set.of(CREATE_NEW, WRITE), mode("rw-------"))) {
            var read = Hashing.copy(new SequenceInputStream(begin, rest), Channels.newOutputStream(channel), pass);
            channel.force(true);
            Disk.syncFolder(folder);
            return new Body(read.sha256(), read.size(), new Body.Content.Spooled(file));
        } catch (IOException | RuntimeException e) {
            removeAfter(e, file);
            throw e;
        }
    }

    private static void removeAfter(Exception trouble, Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            trouble.addSuppressed(e);
        }
    }

    private static FileAttribute<?> mode(String rights) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights));
    }

    /**
     * Removes files that no order needs and that nobody wrote to since: what killed droppers left.
     *
     * @param needed names of files that orders need, as asked after {@code before}
     * @param before long enough ago for a drop that wrote its file then to be over: a file that was written to at this instant or later
     *     stays
     * @return how many were removed
     */
    public int clean(Collection<String> needed, Instant before) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        var kept = Set.copyOf(needed);
        var removed = 0;
        try (var files = Files.newDirectoryStream(folder, "*" + ENDING)) {
            for (var file : files) {
                if (!kept.contains(String.valueOf(file.getFileName())) && isOlder(file, before)) {
                    removed += Files.deleteIfExists(file) ? 1 : 0;
                }
            }
        }
        return removed;
    }

    private static boolean isOlder(Path file, Instant than) throws IOException {
        var facts = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return facts.isRegularFile() && facts.lastModifiedTime().toInstant().isBefore(than);
    }
}
