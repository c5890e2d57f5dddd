package dev.steward.audit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads seq and prev of a line in the form in which {@link RecordWriter} makes them, by its first and last bytes alone. What is
 * between isn't looked at: the next record's hash vouches for it.
 */
final class RecordShape {
    /** Bytes at the begin that matter: brace and name, 18 digits (which never overflow a long), a comma. */
    static final int HEAD = 26;

    /** Bytes at the end that matter: comma and name, 64 digits, quote, brace. */
    static final int TAIL = 75;

    /** How far before the end of a line the digits of prev begin. */
    static final int DIGITS = 66;

    private static final byte[] SEQ = "{\"seq\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PREV = ",\"prev\":\"".getBytes(StandardCharsets.US_ASCII);

    private RecordShape() {}

    /** The link of the line between two indices, or empty if it has another form. */
    static Optional<Link.Chained> read(byte[] bytes, int from, int to) {
        long seq = seq(bytes, from, to);
        return seq == 0 || !hasDigits(bytes, to)
                ? Optional.empty()
                : Optional.of(new Link.Chained(seq, prev(bytes, to)));
    }

    /** The same, of a line whose ends alone are at hand: {@link #HEAD} and {@link #TAIL} bytes of it, or all if it has fewer. */
    static Optional<Link.Chained> read(byte[] head, int headLength, byte[] tail, int tailLength) {
        long seq = head(head, 0, headLength);
        return seq == 0 || !hasPrev(tail, 0, tailLength) || !hasDigits(tail, tailLength)
                ? Optional.empty()
                : Optional.of(new Link.Chained(seq, prev(tail, tailLength)));
    }

    /** The seq of the line between two indices, 0 if it has another form; whether prev is 64 digits isn't asked. */
    static long seq(byte[] bytes, int from, int to) {
        return hasPrev(bytes, from, to) ? head(bytes, from, Math.min(to, from + HEAD)) : 0;
    }

    static boolean hexadecimal(int character) {
        return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'f');
    }

    private static String prev(byte[] bytes, int to) {
        return new String(bytes, to - DIGITS, 2 * Hashes.BYTES, StandardCharsets.ISO_8859_1);
    }

    private static boolean hasPrev(byte[] bytes, int from, int to) {
        return to - from >= TAIL
                && startsWith(bytes, to - TAIL, to, PREV)
                && bytes[to - 2] == '"'
                && bytes[to - 1] == '}';
    }

    private static boolean hasDigits(byte[] bytes, int to) {
        for (int i = to - DIGITS; i < to - 2; i++) {
            if (!hexadecimal(bytes[i])) {
                return false;
            }
        }
        return true;
    }

    // 0 stands for none: a seq starts at 1 and has no leading zero.
    private static long head(byte[] bytes, int from, int to) {
        int digits = from + SEQ.length;
        if (!startsWith(bytes, from, to, SEQ) || digits == to || bytes[digits] == '0') {
            return 0;
        }
        long seq = 0;
        for (int i = digits; i < to; i++) {
            if (bytes[i] == ',') {
                return seq;
            }
            if (bytes[i] < '0' || bytes[i] > '9') {
                return 0;
            }
            seq = seq * 10 + bytes[i] - '0';
        }
        return 0;
    }

    private static boolean startsWith(byte[] bytes, int from, int to, byte[] prefix) {
        return to - from >= prefix.length && Arrays.equals(bytes, from, from + prefix.length, prefix, 0, prefix.length);
    }
}
