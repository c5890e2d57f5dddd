package dev.steward.audit;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds records in a trail. For one thread. */
final class RecordSearch {
    /** So much is read through, rather than halved once more. */
    private static final long NEAR = 1 << 16;

    private static final int FEW = 8;

    /** What is longer isn't looked into. */
    private static final long LONGEST = 1 << 24;

    private final LineFile file;
    private final long bound;
    private final Consumer<String> found;

    RecordSearch(LineFile file, Consumer<String> found) throws IOException {
        this.file = file;
        this.found = found;
        bound = file.newlineBefore(file.size(), 1) + 1;
    }

    /** What a line is for a search. */
    private enum Match {
        YES,
        NO,
        /** Nor will any after it be. */
        NO_MORE
    }

    /** Looks at lines. */
    private interface Test {
        Match of(byte[] bytes, int from, int to);
    }

    /** In a trail that is in order a record is where it has to be; in another one it may be anywhere, and more than once. */
    boolean bySeq(long seq) throws IOException {
        if (seq < 1) {
            return false;
        }
        return lines(near(seq), (bytes, from, to) -> {
                    long its = seq(bytes, from, to);
                    return its == seq ? Match.YES : its > seq ? Match.NO_MORE : Match.NO;
                })
                || lines(0, (bytes, from, to) -> seq(bytes, from, to) == seq ? Match.YES : Match.NO);
    }

    /** From the end on backwards, which reads little when few were added, however long and whatever the trail is before. */
    boolean after(long seq) throws IOException {
        long start = bound;
        for (long lines = FEW; start > 0; lines *= FEW) {
            start = file.newlineBefore(bound, lines + 1) + 1;
            if (start < bound
                    && Tail.link(file, start, file.newlineFrom(start)) instanceof Link.Chained record
                    && record.seq() <= seq) {
                break;
            }
        }
        return lines(start, (bytes, from, to) -> seq(bytes, from, to) > seq ? Match.YES : Match.NO);
    }

    boolean byOrder(String id) throws IOException {
        var json = new JsonBytes();
        json.string(id);
        byte[] sought = Arrays.copyOf(json.bytes(), json.size());
        return lines(
                0,
                (bytes, from, to) -> contains(bytes, from, to, sought)
                                && RecordParser.text(bytes, from, to, "wo_id").equals(Optional.of(id))
                        ? Match.YES
                        : Match.NO);
    }

    private boolean lines(long begin, Test test) throws IOException {
        var block = new LineBlock(file::read);
        boolean any = false;
        for (long at = begin; at < bound; ) {
            block.read(at, bound);
            while (block.next()) {
                switch (test.of(block.bytes(), block.start(), block.end())) {
                    case YES -> {
                        any = true;
                        give(at + block.start(), at + block.end());
                    }
                    case NO -> {}
                    case NO_MORE -> {
                        return any;
                    }
                }
            }
            if (block.start() > 0) {
                at += block.start();
                continue;
            }
            // The line is longer than the block.
            long newline = file.newlineFrom(at);
            int length = (int) Math.min(newline - at, LONGEST);
            if (test.of(file.bytes(at, at + length), 0, length) == Match.YES) {
                any = true;
                give(at, newline);
            }
            at = newline + 1;
        }
        return any;
    }

    private void give(long start, long newline) throws IOException {
        file.copy(start, newline + 1, new LineSplitter(found));
    }

    /** Where a line begins that isn't far before the one that is looked for, if seq grows from line to line. */
    private long near(long seq) throws IOException {
        long low = 0;
        long high = bound;
        while (high - low > NEAR) {
            long start = file.newlineBefore(low + (high - low) / 2, 1) + 1;
            if (start <= low) {
                return low;
            }
            if (Tail.link(file, start, file.newlineFrom(start)) instanceof Link.Chained record && record.seq() > seq) {
                high = start;
            } else {
                low = start;
            }
        }
        return low;
    }

    private static long seq(byte[] bytes, int from, int to) {
        long seq = RecordShape.seq(bytes, from, to);
        if (seq == 0 && RecordParser.mayBeRecord(bytes, from, to)) {
            return RecordParser.read(bytes, from, to) instanceof Link.Chained record ? record.seq() : 0;
        }
        return seq;
    }

    private static boolean contains(byte[] bytes, int from, int to, byte[] sought) {
        for (int i = from; i <= to - sought.length; i++) {
            if (bytes[i] == sought[0] && Arrays.equals(bytes, i, i + sought.length, sought, 0, sought.length)) {
                return true;
            }
        }
        return false;
    }
}
