package dev.steward.bus.remote;

import dev.steward.bus.Era;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Reads what {@link FieldWriter} wrote; whatever else somebody sends is {@link Malformed}. */
final class FieldReader {
    private static final int NANOS = 1_000_000_000;

    private final ByteBuffer bytes;

    FieldReader(byte[] message) {
        bytes = ByteBuffer.wrap(message);
    }

    int code() throws Malformed {
        try {
            return bytes.get();
        } catch (BufferUnderflowException e) {
            throw cutOff(e);
        }
    }

    boolean flag() throws Malformed {
        return switch (code()) {
            case 0 -> false;
            case 1 -> true;
            default -> throw new Malformed("a flag that is neither 0 nor 1");
        };
    }

    long number() throws Malformed {
        try {
            return bytes.getLong();
        } catch (BufferUnderflowException e) {
            throw cutOff(e);
        }
    }

    /** A number from 0 to this. */
    int number(int most) throws Malformed {
        var number = number();
        if (number < 0 || number > most) {
            throw new Malformed("the number " + number + " where at most " + most + " makes sense");
        }
        return (int) number;
    }

    /** One of these, by its place. */
    <T> T one(List<T> of) throws Malformed {
        return of.get(number(of.size() - 1));
    }

    String text() throws Malformed {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Malformed("a text that is not UTF-8", e);
        }
    }

    byte[] bytes() throws Malformed {
        var some = new byte[number(bytes.remaining() - Long.BYTES)];
        bytes.get(some);
        return some;
    }

    Path path() throws Malformed {
        try {
            return Path.of(text());
        } catch (InvalidPathException e) {
            throw new Malformed("a path that is none", e);
        }
    }

    Instant instant() throws Malformed {
        try {
            var time = Instant.ofEpochSecond(number(), number(NANOS));
            if (Era.holds(time)) {
                return time;
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw new Malformed("a time beyond all times", e);
        }
        throw new Malformed("a time before 1970 or after 9999");
    }

    Duration duration() throws Malformed {
        try {
            return Duration.ofSeconds(number(), number(NANOS));
        } catch (ArithmeticException e) {
            throw new Malformed("a duration beyond all durations", e);
        }
    }

    /** To be called after the last field. */
    void end() throws Malformed {
        if (bytes.hasRemaining()) {
            throw new Malformed(bytes.remaining() + " bytes too many");
        }
    }

    private static Malformed cutOff(BufferUnderflowException e) {
        return new Malformed("a message that is cut off", e);
    }
}
