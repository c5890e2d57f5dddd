package dev.steward.agent;

import java.time.Duration;
import java.util.Optional;

/** Reads an interval as the configuration writes it: {@code 500ms}, {@code 10s}, {@code 1m}, {@code 2h}. */
final class Every {
    private static final Duration LONGEST = Duration.ofDays(1);

    private Every() {}

    /** The interval, or nothing if the text is none between a millisecond and a day. */
    static Optional<Duration> parse(String text) {
        var digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        if (digits == 0 || digits > 9) {
            return Optional.empty();
        }
        var number = Long.parseLong(text.substring(0, digits));
        return unit(text.substring(digits))
                .map(unit -> unit.multipliedBy(number))
                .filter(interval -> interval.isPositive() && interval.compareTo(LONGEST) <= 0);
    }

    private static Optional<Duration> unit(String unit) {
        return switch (unit) {
            case "ms" -> Optional.of(Duration.ofMillis(1));
            case "s" -> Optional.of(Duration.ofSeconds(1));
            case "m" -> Optional.of(Duration.ofMinutes(1));
            case "h" -> Optional.of(Duration.ofHours(1));
            default -> Optional.empty();
        };
    }
}
