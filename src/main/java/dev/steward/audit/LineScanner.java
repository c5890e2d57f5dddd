package dev.steward.audit;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Goes through a file's lines up to a bound, in one pass; of a line it keeps the hash and both ends alone. */
final class LineScanner {
    private static final int BLOCK = 256 * 1024;

    private final LineFile file;
    private final long bound;
    private final MessageDigest digest = Hashes.sha256();
    private final byte[] block = new byte[BLOCK];
    private final Ends ends = new Ends();

    private int at;
    private int filled;
    private long blockStart;
    private long lineStart;

    /**
     * @param from where a line begins
     * @param bound nothing behind it is read
     */
    LineScanner(LineFile file, long from, long bound) {
        this.file = file;
        this.bound = bound;
        blockStart = from;
        lineStart = from;
    }

    /** The next line, or null if no newline is left before the bound. */
    @Nullable
    Line next() throws IOException {
        while (true) {
            int newline = at;
            while (newline < filled && block[newline] != '\n') {
                newline++;
            }
            digest.update(block, at, newline - at);
            ends.add(block, at, newline - at);
            if (newline < filled) {
                at = newline + 1;
                return finish(blockStart + newline);
            }
            if (!fill()) {
                return null;
            }
        }
    }

    private Line finish(long end) {
        var line = new Line(lineStart, end, Hashes.hex(digest.digest()), ends.take());
        lineStart = end + 1;
        return line;
    }

    // A file that a repair made shorter meanwhile just ends earlier.
    private boolean fill() throws IOException {
        blockStart += filled;
        at = 0;
        filled = Math.max(0, file.read(blockStart, block, (int) Math.min(BLOCK, bound - blockStart)));
        return filled > 0;
    }

    /** The first and last bytes of a line that comes in pieces. */
    private static final class Ends {
        private final byte[] head = new byte[RecordShape.HEAD];
        private final byte[] tail = new byte[RecordShape.TAIL];
        private int headLength;
        private int tailLength;

        void add(byte[] bytes, int offset, int length) {
            int first = Math.min(length, head.length - headLength);
            System.arraycopy(bytes, offset, head, headLength, first);
            headLength += first;

            int last = Math.min(length, tail.length);
            int kept = Math.min(tailLength, tail.length - last);
            System.arraycopy(tail, tailLength - kept, tail, 0, kept);
            System.arraycopy(bytes, offset + length - last, tail, kept, last);
            tailLength = kept + last;
        }

        Optional<Link.Chained> take() {
            Optional<Link.Chained> link = RecordShape.read(head, headLength, tail, tailLength);
            headLength = 0;
            tailLength = 0;
            return link;
        }
    }
}
