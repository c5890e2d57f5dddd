package dev.steward.platform;

import dev.steward.platform.CannotInstall.Why;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A unit or plist on disk. A link is never followed: one to /dev/null is how systemd masks a unit. */
record UnitFile(Path path) {
    /** What is there. */
    sealed interface Found {
        record Nothing() implements Found {}

        record Text(String text) implements Found {}

        /** A link, a folder or another thing that no unit is. */
        record Other() implements Found {}
    }

    Found read() throws CannotInstall {
        try {
            if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                return new Found.Nothing();
            }
            return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                    ? new Found.Text(new String(Files.readAllBytes(path), StandardCharsets.UTF_8))
                    : new Found.Other();
        } catch (IOException e) {
            throw cannot("read", e);
        }
    }

    /** Whoever reads meanwhile sees the old file or the new one. */
    void write(String text) throws CannotInstall {
        try {
            var folder =
                    Files.createDirectories(path.toAbsolutePath().resolve("..").normalize());
            var next = folder.resolve(
                    "." + path.getFileName() + "." + ProcessHandle.current().pid());
            try {
                onDisk(next, text);
                Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-r--r--"));
                Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(next);
            }
        } catch (IOException e) {
            throw cannot("written", e);
        }
    }

    /** It is needed after a power failure, of all things. */
    private static void onDisk(Path file, String text) throws IOException {
        Files.writeString(file, text);
        try (var written = FileChannel.open(file, StandardOpenOption.WRITE)) {
            written.force(true);
        }
    }

    void remove() throws CannotInstall {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw cannot("removed", e);
        }
    }

    private CannotInstall cannot(String what, IOException e) {
        var why = e instanceof AccessDeniedException ? Why.NOT_PERMITTED : Why.CANNOT_CREATE;
        var reason = e instanceof AccessDeniedException ? "no right to " + e.getMessage() : e.toString();
        return new CannotInstall(why, path + " cannot be " + what + ": " + reason);
    }
}
