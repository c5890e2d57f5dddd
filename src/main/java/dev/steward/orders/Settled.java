package dev.steward.orders;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Names in an inbox with which nothing is to be done any more. Of each, 64 bits of its SHA-256 are kept, so that a hundred thousand
 * take two megabytes at most. Thread-safe.
 */
final class Settled {
    private static final int SMALLEST = 64;
    private static final int HEX_DIGITS = 16;
    /** Stands for an empty place, so no name may have it. */
    private static final long NONE = 0;

    private long[] table = new long[SMALLEST];
    private int size;

    synchronized void add(String name) {
        if (put(table, hash(name))) {
            size++;
        }
        if (size * 2 > table.length) {
            var larger = new long[table.length * 2];
            Arrays.stream(table).filter(hash -> hash != NONE).forEach(hash -> put(larger, hash));
            table = larger;
        }
    }

    synchronized boolean contains(String name) {
        var hash = hash(name);
        for (int i = place(table, hash); table[i] != NONE; i = (i + 1) & (table.length - 1)) {
            if (table[i] == hash) {
                return true;
            }
        }
        return false;
    }

    synchronized int size() {
        return size;
    }

    synchronized void clear() {
        table = new long[SMALLEST];
        size = 0;
    }

    private static boolean put(long[] table, long hash) {
        var i = place(table, hash);
        while (table[i] != NONE && table[i] != hash) {
            i = (i + 1) & (table.length - 1);
        }
        var isNew = table[i] == NONE;
        table[i] = hash;
        return isNew;
    }

    private static int place(long[] table, long hash) {
        return (int) (hash & (table.length - 1));
    }

    private static long hash(String name) {
        var hex = Sha256.of(name.getBytes(StandardCharsets.UTF_8)).substring(0, HEX_DIGITS);
        return HexFormat.fromHexDigitsToLong(hex) | 1L << 63;
    }
}
