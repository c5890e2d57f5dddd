package dev.steward.control;

import java.util.List;
import java.util.Locale;

/** How amounts of data are shown. */
final class Sizes {
    private static final List<String> UNITS = List.of("kB", "MB", "GB", "TB", "PB");

    private Sizes() {}

    /** Two or three digits: {@code 999 B}, {@code 1.2 MB}, {@code 340 GB}; a MB is a million bytes. */
    static String forPeople(long bytes) {
        if (bytes < 1_000) {
            return bytes + " B";
        }
        var value = bytes / 1_000.0;
        var unit = 0;
        // What would be shown as 1000 is one of the next unit.
        while (value >= 999.5 && unit < UNITS.size() - 1) {
            value /= 1_000;
            unit++;
        }
        return String.format(Locale.ROOT, value < 9.95 ? "%.1f %s" : "%.0f %s", value, UNITS.get(unit));
    }
}
