package dev.steward.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes a configuration where there is none. */
final class FirstConfig {
    private static final OpenOption[] NEW = {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE};

    private FirstConfig() {}

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
            if (!replace) {
                Files.writeString(file, content, NEW);
                return;
            }
            // Whoever reads meanwhile sees the old file or the new one. A link stays one.
            var target = Files.exists(file) ? file.toRealPath() : file;
            var next = target.resolveSibling("." + target.getFileName() + ".new");
            Files.writeString(next, content);
            Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException e) {
            var there = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
            throw new Failure(
                    Exit.CANNOT_CREATE,
                    there ? file + " is there already; --force replaces it" : e.getFile() + " is in the way");
        } catch (IOException e) {
            throw new Failure(Exit.CANNOT_CREATE, file + " cannot be written: " + e);
        }
    }
}
