package dev.steward.orders;

import java.util.Locale;
import java.util.Optional;

/** How urgent an order is: P0 comes first. */
public enum Priority {
    P0,
    P1,
    P2,
    P3,
    P4;

    /** What holds where nothing is said. */
    public static final Priority USUAL = P3;

    /** Reads it in any case. */
    public static Optional<Priority> of(String text) {
        return switch (text.strip().toUpperCase(Locale.ROOT)) {
            case "P0" -> Optional.of(P0);
            case "P1" -> Optional.of(P1);
            case "P2" -> Optional.of(P2);
            case "P3" -> Optional.of(P3);
            case "P4" -> Optional.of(P4);
            default -> Optional.empty();
        };
    }
}
