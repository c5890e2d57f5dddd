package dev.steward.audit;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * The lines from before the chain.
 *
 * @param lines how many
 * @param hash SHA-256 of all their bytes
 * @param end where the first record begins, or everything ends
 * @param first the link of that record; empty if there is none
 */
record OldLines(long lines, String hash, long end, Optional<Link.Chained> first) {
    /** Reads up to the first record, or a bound that follows a newline. */
    static OldLines of(LineFile file, long bound) throws IOException {
        MessageDigest digest = Hashes.sha256();
        var block = new LineBlock(file::read);
        long lines = 0;
        long at = 0;
        Optional<Link.Chained> first = Optional.empty();
        while (at < bound && first.isEmpty()) {
            block.read(at, bound);
            while (first.isEmpty() && block.next()) {
                if (RecordParser.mayBeRecord(block.bytes(), block.start(), block.end())) {
                    first = link(file, at + block.start(), at + block.end());
                }
                lines += first.isEmpty() ? 1 : 0;
            }
            if (first.isPresent() || block.start() > 0) {
                digest.update(block.bytes(), 0, block.start());
                at += block.start();
            } else {
                // The line is longer than the block.
                long newline = file.newlineFrom(at);
                first = link(file, at, newline);
                if (first.isEmpty()) {
                    lines++;
                    file.copy(at, newline + 1, digest::update);
                    at = newline + 1;
                }
            }
        }
        return new OldLines(lines, Hashes.hex(digest.digest()), at, first);
    }

    private static Optional<Link.Chained> link(LineFile file, long start, long end) throws IOException {
        return switch (Tail.link(file, start, end)) {
            case Link.Chained link -> Optional.of(link);
            case Link.Unchained _ -> Optional.empty();
        };
    }
}
