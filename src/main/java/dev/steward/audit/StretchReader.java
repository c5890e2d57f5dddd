package dev.steward.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads a stretch of a trail, fast and by nobody's side: whatever is unusual about it, from a broken chain to a record in another form
 * of JSON, is left to others. For one thread and one stretch.
 */
final class StretchReader {
    private final long bound;
    private final LineBlock block;
    private final MessageDigest digest = Hashes.sha256();
    private final byte[] hash = new byte[Hashes.BYTES];
    private final byte[] digits = new byte[2 * Hashes.BYTES];

    private Link.Chained first = Stretch.NONE.first();
    private long lines;
    private long seq;

    /** @param bound nothing behind it is read; it follows a newline */
    StretchReader(LineFile file, long bound) {
        this.bound = bound;
        block = new LineBlock(file::readAt);
    }

    /** The lines that begin between two offsets; empty if anything about them is unusual. */
    Optional<Stretch> read(long from, long to) throws IOException {
        long at = from;
        if (from > 0) {
            // Unless a newline is just before it, a line of somebody else's goes on here.
            block.read(from - 1, bound);
            if (!block.next()) {
                return Optional.empty();
            }
            at = from + block.end();
        }
        while (at < to) {
            block.read(at, bound);
            while (block.next() && at + block.start() < to) {
                if (!accept(block.bytes(), block.start(), block.end())) {
                    return Optional.empty();
                }
            }
            if (block.start() == 0) {
                return Optional.empty();
            }
            at += block.start();
        }
        return Optional.of(
                lines == 0
                        ? Stretch.NONE
                        : new Stretch(
                                lines, first, new Head(seq, new String(digits, StandardCharsets.ISO_8859_1)), at));
    }

    private boolean accept(byte[] bytes, int from, int to) {
        long its = RecordShape.seq(bytes, from, to);
        if (lines > 0 && (its != seq + 1 || !isPrev(bytes, to - RecordShape.DIGITS))) {
            return false;
        }
        if (lines == 0) {
            Optional<Link.Chained> link = RecordShape.read(bytes, from, to);
            if (link.isEmpty()) {
                return false;
            }
            first = link.get();
        }
        digest.update(bytes, from, to - from);
        Hashes.finish(digest, hash);
        Hashes.hex(hash, digits, 0);
        lines++;
        seq = its;
        return true;
    }

    private boolean isPrev(byte[] bytes, int from) {
        return Arrays.equals(bytes, from, from + digits.length, digits, 0, digits.length);
    }
}
