package dev.steward.audit;

import java.nio.charset.StandardCharsets;
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

    private static final byte[] SEQ = "{\"seq\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PREV = ",\"prev\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final int HASH = 64;

    private RecordShape() {}

    /**
     * The link, or empty if the line has another form.
     *
     * @param head holds the first {@code headLength} bytes of the line, at most {@link #HEAD}
     * @param tail holds the last {@code tailLength} bytes of the line, at most {@link #TAIL}
     */
    static Optional<Link.Chained> read(byte[] head, int headLength, byte[] tail, int tailLength) {
        long seq = seq(head, headLength);
        if (seq == 0 || tailLength < TAIL || !startsWith(tail, tailLength, PREV)) {
            return Optional.empty();
        }
        for (int i = PREV.length; i < PREV.length + HASH; i++) {
            if (!hexadecimal(tail[i])) {
                return Optional.empty();
            }
        }
        return tail[TAIL - 2] == '"' && tail[TAIL - 1] == '}'
                ? Optional.of(new Link.Chained(seq, new String(tail, PREV.length, HASH, StandardCharsets.ISO_8859_1)))
                : Optional.empty();
    }

    static boolean hexadecimal(int character) {
        return (character >= '0' && character <= '9') || (character >= 'a' && character <= 'f');
    }

    // 0 stands for none: a seq starts at 1 and has no leading zero.
    private static long seq(byte[] head, int length) {
        if (!startsWith(head, length, SEQ) || length == SEQ.length || head[SEQ.length] == '0') {
            return 0;
        }
        long seq = 0;
        for (int i = SEQ.length; i < length; i++) {
            if (head[i] == ',') {
                return seq;
            }
            if (head[i] < '0' || head[i] > '9') {
                return 0;
            }
            seq = seq * 10 + head[i] - '0';
        }
        return 0;
    }

    private static boolean startsWith(byte[] bytes, int length, byte[] prefix) {
        if (length < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (bytes[i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }
}
