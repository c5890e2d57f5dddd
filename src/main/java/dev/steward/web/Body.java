package dev.steward.web;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Keeps the beginning of what a client sends. Not thread-safe. */
final class Body {
    /** A client that sends more is not read to its end. One that is answered while it still sends takes that for an error. */
    static final int MOST_READ = 16_000_000;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(0);
    private long read;

    /** Takes all that is in the buffer. */
    void add(ByteBuffer bytes) {
        read += bytes.remaining();
        var part = new byte[Math.min(bytes.remaining(), Ping.BODY_BYTES - kept.size())];
        bytes.get(part);
        kept.writeBytes(part);
        bytes.position(bytes.limit());
    }

    boolean isTooLong() {
        return read > MOST_READ;
    }

    boolean isCut() {
        return read > kept.size();
    }

    /** What is no UTF-8 is shown as U+FFFD; a character that was cut in two is left out. */
    String text() {
        var bytes = ByteBuffer.wrap(kept.toByteArray());
        var text = CharBuffer.allocate(bytes.remaining());
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        decoder.decode(bytes, text, !isCut());
        return text.flip().toString();
    }
}
