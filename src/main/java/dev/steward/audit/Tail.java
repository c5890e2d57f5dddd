package dev.steward.audit;

import java.io.IOException;

/**
 * The end of a trail's file.
 *
 * @param size up to the last newline
 * @param torn bytes after it: of a write that was interrupted
 */
record Tail(long size, long torn, Head head) {
    /** A longer line is no record, unless it has the shape of one. */
    static final int LONGEST_PARSED = 1 << 20;

    static Tail of(LineFile file) throws IOException {
        long bytes = file.size();
        long size = file.newlineBefore(bytes, 1) + 1;
        return new Tail(size, bytes - size, head(file, size));
    }

    /** Whether what ended here when somebody looked is still there: nothing of it was exchanged. */
    boolean isIn(LineFile file) throws IOException {
        if (size == 0 || file.size() < size) {
            return size == 0;
        }
        if (file.newlineBefore(size, 1) != size - 1) {
            return false;
        }
        long start = head.seq() == 0 ? 0 : file.newlineBefore(size - 1, 1) + 1;
        long end = head.seq() == 0 ? size : size - 1;
        return file.hash(start, end).equals(head.hash());
    }

    private static Head head(LineFile file, long size) throws IOException {
        if (size == 0) {
            return new Head(0, Hashes.ZEROS);
        }
        long start = file.newlineBefore(size - 1, 1) + 1;
        return switch (link(file, start, size - 1)) {
            case Link.Chained(long seq, String prev) -> new Head(seq, file.hash(start, size - 1));
            // The chain begins here, and seals what there is.
            case Link.Unchained(String why) -> new Head(0, file.hash(0, size));
        };
    }

    /** What the line between two offsets says of its place. */
    static Link link(LineFile file, long start, long end) throws IOException {
        if (end - start <= LONGEST_PARSED) {
            return RecordParser.read(file.bytes(start, end));
        }
        byte[] head = file.bytes(start, start + RecordShape.HEAD);
        byte[] tail = file.bytes(end - RecordShape.TAIL, end);
        return RecordShape.read(head, head.length, tail, tail.length)
                .<Link>map(link -> link)
                .orElseGet(() -> new Link.Unchained("it has " + (end - start) + " bytes and not the form of a record"));
    }
}
