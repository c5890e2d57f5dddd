package dev.steward.audit;

import java.io.IOException;

/** A block of a file, to go through the whole lines in it. For one thread. */
final class LineBlock {
    /** A line that is longer is none of a block. */
    static final int BYTES = 256 * 1024;

    private final byte[] bytes = new byte[BYTES];
    private final Source source;
    private int filled;
    private int start;
    private int end;

    /** {@link LineFile#read} or {@link LineFile#readAt}. */
    @FunctionalInterface
    interface Source {
        int read(long offset, byte[] to, int length) throws IOException;
    }

    LineBlock(Source source) {
        this.source = source;
    }

    /** Reads the block that begins here, and ends at a bound at the latest. */
    void read(long offset, long bound) throws IOException {
        filled = Math.max(0, source.read(offset, bytes, (int) Math.min(BYTES, bound - offset)));
        start = 0;
        end = -1;
    }

    /** Goes to the next whole line; false if the block has no more. */
    boolean next() {
        start = end + 1;
        for (int i = start; i < filled; i++) {
            if (bytes[i] == '\n') {
                end = i;
                return true;
            }
        }
        return false;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Where the present line begins; after the last one, where what is left does. */
    int start() {
        return start;
    }

    /** Where the newline of the present line is. */
    int end() {
        return end;
    }
}
