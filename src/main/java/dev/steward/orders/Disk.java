package dev.steward.orders;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;

import dev.steward.bus.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Files and folders, and how they get onto the disk. No link is followed. */
final class Disk {
    private static final Pattern ATTEMPT = Pattern.compile("\\.arriving/" + ArrivingNames.FORM);

    private Disk() {}

    /** A new file with this content, which is on disk at the next {@link #syncFile} only. */
    static void write(Path file, Bytes bytes) throws IOException {
        try (var out = create(file)) {
            bytes.stream().transferTo(out);
        }
    }

    /**
     * A new file, to be synced later. Several that are written and closed before the first of them is synced cost one commit of ext4's
     * journal, not one each: since the file was truncated, ext4 gives it its blocks when it is closed ({@code auto_da_alloc} in
     * {@code ext4(5)}). Elsewhere that changes nothing.
     */
    static OutputStream create(Path file) throws IOException {
        if (isThere(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        var opened = new RandomAccessFile(file.toFile(), "rw");
        try {
            opened.setLength(0);
        } catch (IOException e) {
            opened.close();
            throw e;
        }
        return Channels.newOutputStream(opened.getChannel());
    }

    /** The content and the size of a file. */
    static void syncFile(Path file) throws IOException {
        // Linux syncs through any descriptor; what was opened to be read changes nothing.
        try (var channel = FileChannel.open(file, READ, NOFOLLOW_LINKS)) {
            channel.force(true);
        }
    }

    /** The names in a folder. */
    static void syncFolder(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, READ)) {
            channel.force(true);
        }
    }

    /** A small file's content; empty if it is larger than {@code most} bytes. */
    static byte[] read(Path file, int most) throws IOException, Unreadable {
        if (!Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS)
                .isRegularFile()) {
            throw new Unreadable("is not a regular file");
        }
        try (var in = Files.newInputStream(file, READ, NOFOLLOW_LINKS)) {
            var bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new Unreadable("is larger than " + most + " bytes");
            }
            return bytes;
        }
    }

    static boolean isFolder(Path path) {
        return Files.isDirectory(path, NOFOLLOW_LINKS);
    }

    static boolean isThere(Path path) {
        try {
            // Files.exists makes an exception of each file that isn't there, and drops it.
            return path.getFileSystem()
                            .provider()
                            .readAttributesIfExists(path, BasicFileAttributes.class, NOFOLLOW_LINKS)
                    != null;
        } catch (IOException e) {
            // As Files.exists has it: what can't be looked at isn't known to be there.
            return false;
        }
    }

    /** Removes it with all that it holds, if it is there. */
    static void delete(Path path) throws IOException {
        if (!isThere(path)) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** What went wrong, for people: the same words at each attempt, though each has a name of its own in {@code .arriving}. */
    static String reason(IOException e) {
        return ATTEMPT.matcher(words(e)).replaceAll(".arriving/…");
    }

    private static String words(IOException e) {
        return switch (e) {
            case NoSuchFileException gone -> gone.getFile() + ": no such file or folder";
            case AccessDeniedException denied -> denied.getFile() + ": no right to do this";
            case DirectoryNotEmptyException full -> full.getFile() + ": something lies there";
            case FileAlreadyExistsException there -> there.getFile() + ": is there already";
            case FileSystemException failed
            when failed.getReason() != null -> failed.getFile() + ": " + failed.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }
}
