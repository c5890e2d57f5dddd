package dev.steward.bus.remote;

import java.nio.ByteBuffer;

/** What goes over the connection at once. Nobody changes its message. */
final class Frame {
    /** The call of a sign of life. */
    static final int PULSE = 0;

    /** Length and number. */
    static final int HEAD_BYTES = 2 * Integer.BYTES;

    /** Of a message: an order with the largest payload that travels inside it fits, with room for its envelope. */
    static final int LONGEST = 512 * 1024;

    static final Frame A_PULSE = new Frame(PULSE, new byte[0]);

    private final int call;
    private final byte[] message;

    Frame(int call, byte[] message) {
        this.call = call;
        this.message = message;
    }

    /** {@link #PULSE}, or the number of a call. */
    int call() {
        return call;
    }

    byte[] message() {
        return message;
    }

    /** As it goes over the connection. */
    ByteBuffer bytes() {
        return ByteBuffer.allocate(HEAD_BYTES + message.length)
                .putInt(Integer.BYTES + message.length)
                .putInt(call)
                .put(message)
                .flip();
    }

    /** The length of the message, from the length that a frame begins with. */
    static int messageLength(int said) throws Malformed {
        var length = said - Integer.BYTES;
        if (length < 0 || length > LONGEST) {
            throw new Malformed("a frame of " + said + " bytes");
        }
        return length;
    }
}
