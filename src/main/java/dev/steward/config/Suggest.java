package dev.steward.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody meant to write. */
final class Suggest {
    private static final int LONGEST = 64;

    private Suggest() {}

    /** "did you mean …?" if something is near, else the allowed words. */
    static String among(String given, Collection<String> allowed) {
        return nearest(given, allowed)
                .map(word -> "did you mean " + word + "?")
                .orElseGet(() -> allowed.isEmpty() ? "" : "possible: " + String.join(", ", allowed));
    }

    static Optional<String> nearest(String given, Collection<String> allowed) {
        if (given.length() > LONGEST) {
            return Optional.empty();
        }
        var farthest = given.length() <= 3 ? given.length() / 2 : given.length() <= 6 ? 2 : 3;
        return allowed.stream()
                .filter(word -> distance(plain(given), plain(word)) <= farthest)
                .min(Comparator.comparingInt(word -> distance(plain(given), plain(word))));
    }

    private static String plain(String word) {
        return word.toLowerCase(java.util.Locale.ROOT).replace('-', '_');
    }

    /** Edits of one character, where two swapped neighbours count as one edit (optimal string alignment). */
    static int distance(String a, String b) {
        var rows = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    rows[i][j] = i + j;
                    continue;
                }
                var same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                rows[i][j] = Math.min(Math.min(rows[i - 1][j], rows[i][j - 1]) + 1, rows[i - 1][j - 1] + same);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
                }
            }
        }
        return rows[a.length()][b.length()];
    }
}
