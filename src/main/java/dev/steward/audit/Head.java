package dev.steward.audit;

/**
 * Where a trail ends. Kept somewhere else (in a signed health document), it shows when the end was cut off.
 *
 * @param seq of the last record; 0 if there is none
 * @param hash what the next record's {@code prev} will be: lower-case hexadecimal SHA-256 of the last line, without its newline
 */
public record Head(long seq, String hash) {}
