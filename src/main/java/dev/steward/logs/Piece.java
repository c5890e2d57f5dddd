package dev.steward.logs;

/**
 * A piece of a live log's head that leaves it: [from, end) is archived, [0, cut) is taken out, [cut, end) becomes a blank line. Pure.
 *
 * @param from where lines begin, behind a blank line
 * @param cut a multiple of the alignment, at most {@code end}, and below the file's size, as fallocate(2) wants it
 * @param end where the next piece begins
 */
record Piece(long from, long cut, long end) {
    /**
     * The next piece.
     *
     * @param from where lines begin
     * @param goal where the rotation ends: behind the last whole line; greater than {@code from}
     * @param size of the live log, not below {@code goal}
     * @param align what a cut must be a multiple of, in bytes
     * @param most so many bytes at once, a multiple of {@code align}
     */
    static Piece next(long from, long goal, long size, long align, long most) {
        if (goal - from > most) {
            // Cut exactly at a block: nothing remains of it to be overwritten. The next piece goes on with the line.
            var end = (from + most) / align * align;
            return new Piece(from, end, end);
        }
        var cut = goal / align * align;
        return new Piece(from, cut == size ? cut - align : cut, goal);
    }

    /** How long the blank line is that remains. */
    long blank() {
        return end - cut;
    }

    long bytes() {
        return end - from;
    }

    Step firstStep() {
        return cut == 0 ? new Step.Pad(blank()) : new Step.Punch(cut, end);
    }
}
