package dev.steward.logs;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a log from its last lines on, in bounded memory; follows it when its head is cut off or another takes its place. */
public final class LogTail implements AutoCloseable {
    private static final int BLOCK = 64 * 1024;

    private final Path file;
    private final OutputStream out;
    private final ByteBuffer buffer = ByteBuffer.allocate(BLOCK);
    private SeekableByteChannel channel;
    private @Nullable Object key;

    private LogTail(Path file, OutputStream out, SeekableByteChannel channel, @Nullable Object key) {
        this.file = file;
        this.out = out;
        this.channel = channel;
        this.key = key;
    }

    /**
     * Opens a log.
     *
     * @throws IOException if it is no regular file: reading a FIFO would take its lines away from others
     */
    public static LogTail open(Path file, OutputStream out) throws IOException {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new IOException(file + " is no regular file");
        }
        return new LogTail(file, out, FileChannel.open(file), attributes.fileKey());
    }

    /** Prints the last lines. A last line that is not ended yet counts as one. */
    public void last(int lines) throws IOException {
        channel.position(startOf(lines));
        copy();
    }

    /** Prints what was added since; returns what has to be said of the file, or nothing. */
    public String more() throws IOException {
        copy();
        try {
            var now = Files.readAttributes(file, BasicFileAttributes.class);
            if (!Objects.equals(now.fileKey(), key)) {
                replace(now.fileKey());
                return file + " was replaced";
            }
        } catch (NoSuchFileException e) {
            // Between two files of that name: the old one may still be written.
            return "";
        }
        if (channel.size() < channel.position()) {
            channel.position(0);
            copy();
            return file + " was cut; what is left of it follows";
        }
        return "";
    }

    private void replace(@Nullable Object newKey) throws IOException {
        var next = FileChannel.open(file);
        channel.close();
        channel = next;
        key = newKey;
        copy();
    }

    private long startOf(int lines) throws IOException {
        var end = channel.size();
        var left = lines;
        for (var from = end; from > 0; ) {
            var start = Math.max(0, from - BLOCK);
            buffer.clear().limit((int) (from - start));
            channel.position(start);
            fill();
            for (var i = buffer.position() - 1; i >= 0; i--) {
                // The last newline ends the last line; it does not begin another.
                if (buffer.get(i) == '\n' && start + i + 1 != end && --left <= 0) {
                    return lines == 0 ? end : start + i + 1;
                }
            }
            from = start;
        }
        return lines == 0 ? end : 0;
    }

    private void fill() throws IOException {
        var read = 0;
        while (buffer.hasRemaining() && read >= 0) {
            read = channel.read(buffer);
        }
    }

    private void copy() throws IOException {
        while (true) {
            buffer.clear();
            var read = channel.read(buffer);
            if (read <= 0) {
                out.flush();
                return;
            }
            out.write(buffer.array(), 0, read);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
