package dev.steward.audit;

import dev.steward.audit.AuditVerifier.Verdict.Broken;
import java.util.Optional;

/** What is known of a chain so far; takes line by line, or stretches of them, and says what is wrong with the first bad one. */
final class Chain {
    private final long oldLines;
    private long lines;
    private Head head;

    private Chain(long oldLines, String sealed) {
        this.oldLines = oldLines;
        lines = oldLines;
        head = new Head(0, sealed);
    }

    /** One that is to follow these old lines. */
    static Chain after(OldLines old) {
        return new Chain(old.lines(), old.lines() == 0 ? Hashes.ZEROS : old.hash());
    }

    long records() {
        return lines - oldLines;
    }

    long lines() {
        return lines;
    }

    Head head() {
        return head;
    }

    /** Says what is wrong with the first record, if it isn't the first of a chain, or doesn't seal what is before it. */
    Optional<Broken> begin(Link.Chained link) {
        if (link.seq() != 1) {
            return broken(
                    lines + 1,
                    link.seq(),
                    "the chain begins with seq " + link.seq() + ", not 1: what was before it was removed or changed");
        }
        if (link.prev().equals(head.hash())) {
            return Optional.empty();
        }
        return oldLines == 0
                ? broken(1, 1, "it is the first record, and its prev is not 64 zeros")
                : broken(
                        1,
                        0,
                        "lines 1 to " + oldLines + " have the SHA-256 " + head.hash() + ", and line " + (lines + 1)
                                + " sealed " + link.prev() + ": one of them was changed, added or removed");
    }

    /** Lines of which each is known to follow the one before; false if they don't follow what is here. */
    boolean follows(Stretch stretch) {
        if (stretch.lines() == 0) {
            return true;
        }
        if (stretch.first().seq() != head.seq() + 1 || !stretch.first().prev().equals(head.hash())) {
            return false;
        }
        lines += stretch.lines();
        head = stretch.last();
        return true;
    }

    /** A line, from the first record on. */
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
            long gone = link.seq() - due;
            return broken(
                    line,
                    link.seq(),
                    "its seq is " + link.seq() + " where " + due + " was due: " + gone + " before it "
                            + (gone == 1 ? "was" : "were") + " removed");
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
