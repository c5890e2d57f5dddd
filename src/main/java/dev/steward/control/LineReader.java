package dev.steward.control;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Cuts what arrives into lines, with bounded memory: the rest of a line that is too long is read and forgotten. */
final class LineReader {
    /** Runs out unless it is closed before. */
    interface Timer extends AutoCloseable {
        @Override
        void close();
    }

    private final ReadableByteChannel channel;
    private final int longest;
    private final Supplier<Timer> timers;
    private final ByteBuffer buffer = ByteBuffer.allocate(8192).limit(0);

    /** @param timers started when a line is waited for, closed after its last byte */
    LineReader(ReadableByteChannel channel, int longest, Supplier<Timer> timers) {
        this.channel = channel;
        this.longest = longest;
        this.timers = timers;
    }

    Line next() throws IOException {
        try (var _ = timers.get()) {
            return buffer.hasRemaining() || fill() ? rest() : new Line.End();
        }
    }

    private Line rest() throws IOException {
        var line = new ByteArrayOutputStream();
        var length = 0L;
        do {
            while (buffer.hasRemaining()) {
                var next = buffer.get();
                if (next == '\n') {
                    return length > longest ? new Line.TooLong() : decode(line.toByteArray());
                }
                if (++length <= longest) {
                    line.write(next);
                } else {
                    line.reset();
                }
            }
        } while (fill());
        // A request without its newline was cut off on the way: nobody can say that it was meant so.
        return new Line.End();
    }

    private static Line decode(byte[] line) {
        try {
            return new Line.Whole(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString());
        } catch (CharacterCodingException e) {
            return new Line.Garbled();
        }
    }

    private boolean fill() throws IOException {
        buffer.clear();
        var read = channel.read(buffer);
        buffer.flip();
        return read > 0;
    }
}
