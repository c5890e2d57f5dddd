package dev.steward.logs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** A live log that is open for reading, whatever becomes of its name. */
final class LiveFile implements AutoCloseable {
    private static final int TRIES = 100;

    private final Path path;
    private final FileId id;
    private final FileChannel channel;

    private LiveFile(Path path, FileId id, FileChannel channel) {
        this.path = path;
        this.id = id;
        this.channel = channel;
    }

    /**
     * Opens it; empty if there is none.
     *
     * @throws IOException also if it is no regular file: reading a FIFO would take its lines away from others
     */
    static Optional<LiveFile> open(Path path) throws IOException {
        for (var i = 0; i < TRIES; i++) {
            var id = idOf(path);
            if (id.isEmpty()) {
                return Optional.empty();
            }
            if (!Files.isRegularFile(path)) {
                if (Files.notExists(path)) {
                    return Optional.empty();
                }
                throw new IOException(path + " is no regular file");
            }
            try {
                var channel = FileChannel.open(path);
                if (idOf(path).equals(id)) {
                    return Optional.of(new LiveFile(path, id.get(), channel));
                }
                channel.close();
            } catch (NoSuchFileException e) {
                return Optional.empty();
            }
        }
        throw new IOException(path + " is replaced faster than it can be opened");
    }

    private static Optional<FileId> idOf(Path path) throws IOException {
        try {
            return Optional.of(Beside.id(path));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    Path path() {
        return path;
    }

    FileId id() {
        return id;
    }

    /** Whether its path still leads to it. */
    boolean isAtItsPath() throws IOException {
        return idOf(path).filter(id::equals).isPresent();
    }

    long size() throws IOException {
        return channel.size();
    }

    /** Reads as much as is there; 0 at the end. */
    int read(byte[] into, int from, int count, long at) throws IOException {
        var buffer = ByteBuffer.wrap(into, from, count);
        while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position() - from) > 0) {
            // To the end of the file, or as much as was asked for.
        }
        return buffer.position() - from;
    }

    /** One byte; −1 behind the end. */
    int byteAt(long at) throws IOException {
        var one = new byte[1];
        return read(one, 0, 1, at) == 1 ? one[0] : -1;
    }

    /** What is in it from there on; closing that closes the file. */
    InputStream from(long at) throws IOException {
        channel.position(at);
        return Channels.newInputStream(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
