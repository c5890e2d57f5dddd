package dev.steward.bus.remote;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts frames together from what a channel has to give that doesn't block. For one thread. */
final class FrameParser {
    private final ReadableByteChannel channel;
    private final ByteBuffer head = ByteBuffer.allocate(Frame.HEAD_BYTES);
    private @Nullable ByteBuffer message;

    FrameParser(ReadableByteChannel channel) {
        this.channel = channel;
    }

    /**
     * The next frame, or empty as long as it is not whole.
     *
     * @throws EOFException at the end
     */
    Optional<Frame> next() throws IOException {
        var body = message;
        if (body == null) {
            if (!filled(head)) {
                return Optional.empty();
            }
            body = ByteBuffer.allocate(Frame.messageLength(head.getInt(0)));
            message = body;
        }
        if (!filled(body)) {
            return Optional.empty();
        }
        var frame = new Frame(head.getInt(Integer.BYTES), body.array());
        message = null;
        head.clear();
        return Optional.of(frame);
    }

    private boolean filled(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            var read = channel.read(buffer);
            if (read < 0) {
                throw new EOFException("the daemon closed the connection");
            }
            if (read == 0) {
                return false;
            }
        }
        return true;
    }
}
