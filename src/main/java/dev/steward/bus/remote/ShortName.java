package dev.steward.bus.remote;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A name for a socket that fits into an address (unix(7): 108 bytes with the NUL at its end, macOS: 104): its own, or else one
 * through a link to its folder, in a folder that nobody else can enter. The kernel follows the link when it binds or
 * connects, so that it need not live longer than that.
 */
final class ShortName implements AutoCloseable {
    private static final int LONGEST = 103;

    private final Path socket;
    private final Optional<Path> link;

    private ShortName(Path socket, Optional<Path> link) {
        this.socket = socket;
        this.link = link;
    }

    static ShortName of(Path socket) throws IOException {
        var folder = socket.toAbsolutePath().getParent();
        if (folder == null || socket.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST) {
            return new ShortName(socket, Optional.empty());
        }
        var link = Files.createTempDirectory("steward-bus-").resolve("run");
        try {
            Files.createSymbolicLink(link, folder);
            return new ShortName(link.resolve(socket.getFileName()), Optional.of(link));
        } catch (IOException e) {
            remove(link);
            throw e;
        }
    }

    Path path() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        if (link.isPresent()) {
            remove(link.get());
        }
    }

    private static void remove(Path link) throws IOException {
        Files.deleteIfExists(link);
        Files.delete(link.resolveSibling(""));
    }
}
