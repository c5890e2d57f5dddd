package dev.steward.logs;

/**
 * What is owed to a live log of which a piece was archived: fallocate(2). Each but a collapse may be repeated, and whether a collapse
 * was done shows at the file: there is data at its head.
 *
 * <p>Offsets are bytes from the beginning of the live file as it is before the step.
 */
sealed interface Step {
    /** Nothing. */
    record Open() implements Step {}

    /** To free [0, to), of which [0, end) was archived; a collapse follows. */
    record Punch(long to, long end) implements Step {}

    /** To take [0, to) out, which is a hole by now. */
    record Collapse(long to, long end) implements Step {}

    /** To overwrite [0, length) by a blank line. */
    record Pad(long length) implements Step {}

    /** To free [0, to) where a collapse cannot be had. */
    record Hole(long to) implements Step {}

    /** To cut the file to nothing, whose first {@code end} bytes were archived. */
    record Truncate(long end) implements Step {}
}
