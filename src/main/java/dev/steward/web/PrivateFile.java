package dev.steward.web;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A small file that is there whole or not at all, and that nobody else may read (0600). */
final class PrivateFile {
    private PrivateFile() {}

    /** Replaces it, and a link of that name, in one step; it is on disk afterwards. */
    static void write(Path file, byte[] content) throws IOException {
        var unseen = file.resolveSibling("." + file.getFileName() + ".new");
        Files.deleteIfExists(unseen);
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(unseen, options, mode)) {
            var buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(unseen, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
