package dev.steward.audit;

/** What a line says of its place in the chain. */
sealed interface Link {
    /** It is a record. */
    record Chained(long seq, String prev) implements Link {}

    /** It is none; why, to stand after "line 7:". */
    record Unchained(String why) implements Link {}
}
