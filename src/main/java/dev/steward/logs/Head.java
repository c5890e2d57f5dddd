package dev.steward.logs;

import dev.steward.posix.OpenFile;
import dev.steward.posix.SystemFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What stands at the head of a live log before its lines: nothing, a blank line where the last cut ended, or a hole.
 *
 * @param length in bytes
 * @param explained whether Steward left it so; a hole that is not was left by a writer that does not append
 */
record Head(long length, boolean explained) {
    /** Extended attribute of the live file that says how long its head is, in decimal: xattr(7). */
    static final String ATTRIBUTE = "user.steward.head";

    private static final int LOOK = 1 << 13;
    /** A cut leaves less than two blocks, and a block has 1 MiB at most. */
    private static final int LONGEST_BLANK = 1 << 21;

    private static final Head NONE = new Head(0, true);

    /**
     * Reads it.
     *
     * @param wasRotated whether there is an archive, without which nothing was cut
     */
    static Head of(OpenFile live, long size, boolean wasRotated) throws IOException {
        if (size == 0) {
            return NONE;
        }
        var noted = noted(live);
        var data = live.nextHole(0) == 0 ? live.nextData(0) : 0;
        if (noted.told().isPresent()) {
            var length = noted.told().getAsLong();
            return isThere(live, data, length, size) ? new Head(length, true) : new Head(data, data == 0);
        }
        if (data > 0) {
            return new Head(firstByte(live, data, size), !noted.possible());
        }
        return noted.possible() || !wasRotated ? NONE : new Head(inferred(live, size), true);
    }

    /** Whether a head of that length is there: a hole ends with the block in which NULs were written, if not before it began. */
    private static boolean isThere(OpenFile live, long data, long length, long size) throws IOException {
        if (data > length || length > size || length - data > LONGEST_BLANK) {
            return false;
        }
        return (data == 0 && isBlank(live, length)) || firstByte(live, data, length) >= length;
    }

    private static long inferred(OpenFile live, long size) throws IOException {
        var nuls = firstByte(live, 0, Math.min(size, LONGEST_BLANK));
        return nuls > 0 ? nuls : firstBlankLine(live);
    }

    /** Notes it at the file, where that can be done. */
    static void note(OpenFile live, long length) throws IOException {
        try {
            if (length == 0) {
                live.removeAttribute(ATTRIBUTE);
            } else {
                live.attribute(ATTRIBUTE, Long.toString(length));
            }
        } catch (SystemFailure e) {
            if (e.kind() != SystemFailure.Kind.NOT_SUPPORTED) {
                throw e;
            }
        }
    }

    /** A blank line of that length. */
    static ByteBuffer blank(long length) {
        var line = new byte[Math.toIntExact(length)];
        Arrays.fill(line, (byte) ' ');
        line[line.length - 1] = '\n';
        return ByteBuffer.wrap(line);
    }

    private record Noted(OptionalLong told, boolean possible) {}

    private static Noted noted(OpenFile live) throws IOException {
        try {
            return new Noted(live.attribute(ATTRIBUTE).map(Head::number).orElse(OptionalLong.empty()), true);
        } catch (SystemFailure e) {
            if (e.kind() == SystemFailure.Kind.NOT_SUPPORTED) {
                return new Noted(OptionalLong.empty(), false);
            }
            throw e;
        }
    }

    private static OptionalLong number(String text) {
        return Optional.of(text)
                .filter(digits -> digits.matches("[0-9]{1,18}"))
                .map(digits -> OptionalLong.of(Long.parseLong(digits)))
                .orElse(OptionalLong.empty());
    }

    private static boolean isBlank(OpenFile live, long length) throws IOException {
        return length > 0
                && bytes(live, 0, length)
                        .equals(StandardCharsets.US_ASCII.decode(blank(length)).toString());
    }

    private static long firstBlankLine(OpenFile live) throws IOException {
        for (var at = 0; at < LONGEST_BLANK; at += LOOK) {
            var text = bytes(live, at, LOOK);
            for (var i = 0; i < text.length(); i++) {
                if (text.charAt(i) == '\n') {
                    return at + i + 1L;
                }
                if (text.charAt(i) != ' ') {
                    return 0;
                }
            }
        }
        return 0;
    }

    private static long firstByte(OpenFile live, long from, long size) throws IOException {
        for (var at = from; at < size; at += LOOK) {
            var text = bytes(live, at, LOOK);
            for (var i = 0; i < text.length(); i++) {
                if (text.charAt(i) != 0) {
                    return at + i;
                }
            }
        }
        return size;
    }

    private static String bytes(OpenFile live, long at, long count) throws IOException {
        var bytes = ByteBuffer.allocate(Math.toIntExact(count));
        live.readFully(bytes, at);
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
    }
}
