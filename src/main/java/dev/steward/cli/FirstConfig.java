package dev.steward.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes a configuration where there is none. */
final class FirstConfig {
    private FirstConfig() {}

    /** Whether it was written: somebody else may have been faster. */
    static boolean writeIfNone(Path file, String content) throws Failure {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try {
            write(file, content, false);
            return true;
        } catch (Failure e) {
            if (Files.exists(file)) {
                return false;
            }
            throw e;
        }
    }

    /** A second name for a file is refused if there is one of that name, unlike a move. */
    private static void put(Path next, Path target, boolean replace) throws IOException {
        if (replace) {
            Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
        } else {
            Files.createLink(target, next);
        }
    }

    /**
     * A folder that is made for it is its owner's alone, since it will be the daemon's home, most often.
     *
     * @throws Failure if there is a file already, and it isn't to be replaced, or if it cannot be written
     */
    static void write(Path file, String content, boolean replace) throws Failure {
        try {
            var folder = file.toAbsolutePath().getParent();
            if (folder != null && !Files.isDirectory(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            // Whoever reads meanwhile sees the old file or the new one, and of two who write one. A link stays one.
            var target = Files.exists(file) ? file.toRealPath() : file;
            var next = target.resolveSibling(
                    "." + target.getFileName() + "." + ProcessHandle.current().pid());
            Files.writeString(next, content);
            try {
                put(next, target, replace);
            } finally {
                Files.deleteIfExists(next);
            }
        } catch (FileAlreadyExistsException e) {
            var there = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
            throw new Failure(
                    Exit.CANNOT_CREATE,
                    there ? file + " is there already; --force replaces it" : e.getFile() + " is in the way");
        } catch (IOException e) {
            throw new Failure(Exit.CANNOT_CREATE, file + " cannot be written: " + why(e));
        }
    }

    private static String why(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> "no right to write to " + denied.getFile();
            case NoSuchFileException missing -> missing.getFile() + " cannot be made there";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }
}
