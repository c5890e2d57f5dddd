package dev.steward.bus.remote;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Writes the fields of a message one after the other, as {@link FieldReader} reads them. */
final class FieldWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);

    byte[] message() {
        return bytes.toByteArray();
    }

    FieldWriter code(int code) {
        bytes.write(code);
        return this;
    }

    FieldWriter flag(boolean flag) {
        return code(flag ? 1 : 0);
    }

    FieldWriter number(long number) {
        for (var shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes.write((int) (number >>> shift));
        }
        return this;
    }

    FieldWriter text(String text) {
        return bytes(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    FieldWriter bytes(ByteBuffer some) {
        var copy = new byte[some.remaining()];
        some.get(copy);
        number(copy.length);
        bytes.writeBytes(copy);
        return this;
    }

    FieldWriter path(Path path) {
        return text(path.toString());
    }

    FieldWriter instant(Instant instant) {
        return number(instant.getEpochSecond()).number(instant.getNano());
    }

    FieldWriter duration(Duration duration) {
        return number(duration.getSeconds()).number(duration.getNano());
    }
}
