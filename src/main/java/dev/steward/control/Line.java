package dev.steward.control;

/** What a client sent, up to a newline. */
sealed interface Line {
    /** A whole line, without its newline. */
    record Whole(String text) implements Line {}

    /** It was not UTF-8. */
    record Garbled() implements Line {}

    /** It was longer than allowed, and is gone. */
    record TooLong() implements Line {}

    /** There is no more. */
    record End() implements Line {}
}
