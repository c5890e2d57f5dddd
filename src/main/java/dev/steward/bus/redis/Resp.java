package dev.steward.bus.redis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.RedisInputStream;

/**
 * Reads one reply (RESP2, redis.io/docs/latest/develop/reference/protocol-spec), and none that is larger than what Steward itself
 * would have sent: whoever may write into a stream could otherwise exhaust the memory of every reader.
 */
final class Resp {
    /** The largest single value: a body's piece, an envelope or a result, and room. */
    static final int LARGEST_VALUE = 1024 * 1024;

    private static final long LARGEST_REPLY = 16L * 1024 * 1024;
    private static final int MOST_IN_A_LIST = 100_000;
    private static final int DEEPEST = 8;

    /** A reply is larger than anything that Steward sends. The rest of it was not read, so the connection is of no use. */
    static final class TooLarge extends JedisConnectionException {
        TooLarge(String message) {
            super(message);
        }
    }

    private final RedisInputStream in;
    private long left = LARGEST_REPLY;

    private Resp(RedisInputStream in) {
        this.in = in;
    }

    /**
     * Reads it: a {@code Long}, {@code byte[]}, {@code List} of such, or null.
     *
     * @throws JedisDataException if it is an error; within a list it stands in its place
     */
    static @Nullable Object read(RedisInputStream in) {
        return new Resp(in).read(0);
    }

    private @Nullable Object read(int depth) {
        byte kind = in.readByte();
        return switch (kind) {
            case '+' -> in.readLineBytes();
            case ':' -> in.readLongCrLf();
            case '$' -> value(in.readIntCrLf());
            case '*' -> list(in.readIntCrLf(), depth);
            case '-' -> throw new JedisDataException(in.readLine());
            default -> throw new JedisConnectionException("Unknown reply: byte 0x" + Integer.toHexString(kind & 0xff));
        };
    }

    private byte @Nullable [] value(int length) {
        if (length < 0) {
            return null;
        }
        left -= length;
        if (length > LARGEST_VALUE || left < 0) {
            throw new TooLarge("a value of " + length + " bytes");
        }
        var bytes = new byte[length];
        for (int at = 0; at < length; ) {
            int some = in.read(bytes, at, length - at);
            if (some < 0) {
                throw new JedisConnectionException("closed within a value");
            }
            at += some;
        }
        in.readByte();
        in.readByte();
        return bytes;
    }

    private @Nullable List<@Nullable Object> list(int length, int depth) {
        if (length < 0) {
            return null;
        }
        left -= 8L * length;
        if (length > MOST_IN_A_LIST || depth > DEEPEST || left < 0) {
            throw new TooLarge("a list of " + length + " values");
        }
        var list = new ArrayList<@Nullable Object>(length);
        for (int i = 0; i < length; i++) {
            try {
                list.add(read(depth + 1));
            } catch (JedisDataException e) {
                list.add(e);
            }
        }
        return list;
    }
}
