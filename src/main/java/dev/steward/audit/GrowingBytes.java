package dev.steward.audit;

import java.util.Arrays;

/** An array that grows with what is written into it, and is used again. For one thread. */
class GrowingBytes {
    /** Room for most records. */
    private static final int FIRST = 1 << 9;

    private static final int MOST_KEPT = 1 << 19;

    private byte[] bytes = new byte[FIRST];
    private int size;

    final int size() {
        return size;
    }

    /** What was written, up to {@link #size}; it may be another array after the next write. */
    final byte[] bytes() {
        return bytes;
    }

    /** Forgets what was written from an index on. */
    final void cutTo(int index) {
        size = index;
    }

    /** Forgets all; what one large record needed is not kept for ever. */
    final void clear() {
        size = 0;
        if (bytes.length > MOST_KEPT) {
            bytes = new byte[FIRST];
        }
    }

    final void put(int ascii) {
        room(1);
        bytes[size++] = (byte) ascii;
    }

    final void put(byte[] some) {
        room(some.length);
        System.arraycopy(some, 0, bytes, size, some.length);
        size += some.length;
    }

    final void ascii(String text) {
        ascii(text, 0, text.length());
    }

    /** The chars between two indices. */
    final void ascii(String text, int from, int to) {
        room(to - from);
        for (int i = from; i < to; i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
    }

    /** A code point that is no surrogate. */
    final void utf8(int point) {
        room(4);
        if (point < 0x80) {
            bytes[size++] = (byte) point;
            return;
        }
        if (point < 0x800) {
            bytes[size++] = (byte) (0xc0 | (point >> 6));
        } else {
            if (point < 0x10000) {
                bytes[size++] = (byte) (0xe0 | (point >> 12));
            } else {
                bytes[size++] = (byte) (0xf0 | (point >> 18));
                follows(point >> 12);
            }
            follows(point >> 6);
        }
        follows(point);
    }

    private void follows(int bits) {
        bytes[size++] = (byte) (0x80 | (bits & 0x3f));
    }

    /** In lower-case hexadecimal. */
    final void hash(byte[] hash) {
        room(2 * hash.length);
        Hashes.hex(hash, bytes, size);
        size += 2 * hash.length;
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
