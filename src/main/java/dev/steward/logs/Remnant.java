package dev.steward.logs;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The last bytes that were read of a stream: what must stand before the place where reading goes on. */
final class Remnant {
    static final int MOST = 4096;

    private static final int BLOCK = 1 << 16;

    private byte[] last = {};

    void add(byte[] bytes, int count) {
        if (count >= MOST) {
            last = Arrays.copyOfRange(bytes, count - MOST, count);
            return;
        }
        var kept = Math.min(last.length, MOST - count);
        var next = new byte[kept + count];
        System.arraycopy(last, last.length - kept, next, 0, kept);
        System.arraycopy(bytes, 0, next, kept, count);
        last = next;
    }

    void clear() {
        last = new byte[0];
    }

    /** How many bytes are known. */
    int length() {
        return last.length;
    }

    /** Whether so many bytes, at most {@link #length}, are the last ones. */
    boolean endsWith(byte[] bytes, int count) {
        return Arrays.equals(bytes, 0, count, last, last.length - count, last.length);
    }

    /** Where in a stream the first bytes that are the last ones end; −1 if they are not in it. Knuth, Morris and Pratt. */
    long findIn(InputStream in) throws IOException {
        if (last.length == 0) {
            return -1;
        }
        var fallback = fallback();
        var block = new byte[BLOCK];
        var matched = 0;
        var at = 0L;
        for (var count = in.read(block); count > 0; count = in.read(block)) {
            for (var i = 0; i < count; i++) {
                at++;
                while (matched > 0 && last[matched] != block[i]) {
                    matched = fallback[matched - 1];
                }
                matched += last[matched] == block[i] ? 1 : 0;
                if (matched == last.length) {
                    return at;
                }
            }
        }
        return -1;
    }

    /** How long the line is that was not ended, if these bytes begin with it; else 0. */
    int lineBegunIn(byte[] bytes, int count) {
        var begin = last.length;
        while (begin > 0 && last[begin - 1] != '\n') {
            begin--;
        }
        var length = last.length - begin;
        return length <= count && Arrays.equals(last, begin, last.length, bytes, 0, length) ? length : 0;
    }

    private int[] fallback() {
        var table = new int[last.length];
        var matched = 0;
        for (var i = 1; i < last.length; i++) {
            while (matched > 0 && last[matched] != last[i]) {
                matched = table[matched - 1];
            }
            matched += last[matched] == last[i] ? 1 : 0;
            table[i] = matched;
        }
        return table;
    }
}
