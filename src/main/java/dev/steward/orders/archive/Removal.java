package dev.steward.orders.archive;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Deletes an order's folder. No link is followed, also if somebody puts one in the place of a folder meanwhile: see openat(2). The envelope
 * goes last, so that what is left after a kill is known for an order's folder.
 */
final class Removal {
    /** Deeper than any handler needs; each level takes an open file. */
    private static final int DEEPEST = 64;

    private Removal() {}

    /**
     * Deletes it with all that it holds.
     *
     * @return false if it is no order's folder, and was left alone
     */
    static boolean remove(Path shelf, String id) throws IOException {
        var folder = shelf.resolve(id);
        var envelope = Path.of(id + ".yaml");
        if (!isOrders(folder, envelope)) {
            return false;
        }
        try (var stream = Files.newDirectoryStream(shelf)) {
            if (stream instanceof SecureDirectoryStream<Path> secure) {
                empty(secure, Path.of(id), envelope, 0);
                secure.deleteDirectory(Path.of(id));
            } else {
                walk(folder, folder.resolve(envelope));
            }
        }
        return true;
    }

    /** It has its envelope; or nothing at all, if a deletion was cut off before its last step. */
    private static boolean isOrders(Path folder, Path envelope) throws IOException {
        if (!Shelves.isFolder(folder)) {
            return false;
        }
        if (Files.isRegularFile(folder.resolve(envelope), LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        try (var files = Files.newDirectoryStream(folder)) {
            return !files.iterator().hasNext();
        }
    }

    private static void empty(SecureDirectoryStream<Path> parent, Path name, Path last, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IOException("folders lie in it more than " + DEEPEST + " deep");
        }
        try (var folder = parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
            var hasLast = false;
            for (var entry : folder) {
                var each = entry.getFileName();
                if (depth == 0 && each.equals(last)) {
                    hasLast = true;
                } else if (isFolder(folder, each)) {
                    empty(folder, each, last, depth + 1);
                    folder.deleteDirectory(each);
                } else {
                    folder.deleteFile(each);
                }
            }
            if (hasLast) {
                folder.deleteFile(last);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static boolean isFolder(SecureDirectoryStream<Path> parent, Path name) throws IOException {
        return parent.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes()
                .isDirectory();
    }

    /** Where the system has no such calls. */
    private static void walk(Path folder, Path envelope) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!file.equals(envelope)) {
                    Files.delete(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                if (directory.equals(folder)) {
                    Files.deleteIfExists(envelope);
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
