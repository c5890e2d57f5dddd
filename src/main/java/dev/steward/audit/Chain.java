package dev.steward.audit;

import dev.steward.audit.AuditVerifier.Verdict.Broken;
import java.util.Optional;

/** What is known of a chain so far; takes line by line and says what is wrong with the first bad one. */
final class Chain {
    private long lines;
    private long oldLines;
    private Head head = new Head(0, Hashes.ZEROS);

    /** Whether there was a record. */
    boolean begun() {
        return head.seq() > 0;
    }

    long lines() {
        return lines;
    }

    long oldLines() {
        return oldLines;
    }

    Head head() {
        return head;
    }

    /** A line from before the chain. */
    void old() {
        lines++;
        oldLines++;
    }

    /**
     * The first record.
     *
     * @param sealed SHA-256 of all bytes before it
     */
    Optional<Broken> begin(Link.Chained link, String hash, String sealed) {
        if (link.seq() != 1) {
            return broken(
                    lines + 1,
                    link.seq(),
                    "the chain begins with seq " + link.seq() + ", not 1: what was before it was removed or changed");
        }
        String expected = oldLines == 0 ? Hashes.ZEROS : sealed;
        if (!link.prev().equals(expected)) {
            return oldLines == 0
                    ? broken(1, 1, "it is the first record, and its prev is not 64 zeros")
                    : broken(
                            1,
                            0,
                            "lines 1 to " + oldLines + " have the SHA-256 " + sealed + ", and line " + (lines + 1)
                                    + " sealed " + link.prev() + ": one of them was changed, added or removed");
        }
        lines++;
        head = new Head(1, hash);
        return Optional.empty();
    }

    /** A line after the first record. */
    Optional<Broken> accept(Link link, String hash) {
        return switch (link) {
            case Link.Unchained(String why) -> broken(lines + 1, 0, why);
            case Link.Chained chained -> accept(chained, hash);
        };
    }

    private Optional<Broken> accept(Link.Chained link, String hash) {
        long line = lines + 1;
        long due = head.seq() + 1;
        if (hash.equals(head.hash())) {
            return broken(line, link.seq(), "it is the line before it once more");
        }
        if (link.seq() > due) {
            return broken(
                    line,
                    link.seq(),
                    "its seq is " + link.seq() + " where " + due + " was due: " + (link.seq() - due)
                            + " before it were removed");
        }
        if (link.seq() < due) {
            return broken(
                    line,
                    link.seq(),
                    "its seq is " + link.seq() + " where " + due
                            + " was due: it was doubled or moved, or two wrote at once");
        }
        if (!link.prev().equals(head.hash())) {
            // The bad one is the line that its successor does not vouch for.
            return broken(
                    lines,
                    head.seq(),
                    "its SHA-256 is " + head.hash() + ", and line " + line + " has the prev " + link.prev()
                            + ": it was changed after that was written, or that prev was");
        }
        lines++;
        head = new Head(link.seq(), hash);
        return Optional.empty();
    }

    private static Optional<Broken> broken(long line, long seq, String reason) {
        return Optional.of(new Broken(line, seq, reason));
    }
}
