package dev.steward.logs.read;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** Reads the times that programs write, from where a cursor is. */
final class Stamps {
    /** TAI64 counts from 2^62 at 1970; daemontools and s6 take TAI for ten seconds ahead of UTC, for good. */
    private static final long TAI64_EPOCH = (1L << 62) + 10;

    private static final int TAI64_DIGITS = 16;
    private static final int NANO_DIGITS = 8;
    private static final int NANOS = 1_000_000_000;

    private final ZoneId zone;
    private final Months months;

    Stamps(ZoneId zone) {
        this.zone = zone;
        this.months = new Months(zone);
    }

    /** Takes one; where there is none, the cursor is where it was. */
    Optional<Instant> of(Cursor at, Instant latest) {
        var begin = at.position();
        var found = any(at, latest);
        if (found.isEmpty()) {
            at.back(begin);
        }
        return found;
    }

    private Optional<Instant> any(Cursor at, Instant latest) {
        try {
            if (at.take('@')) {
                return tai64(at);
            }
            if (at.isLetter()) {
                return months.of(at, latest);
            }
            return switch (at.digitsAhead()) {
                case 2 -> months.ofApache(at);
                case 4 -> iso(at);
                default -> sinceEpoch(at);
            };
        } catch (DateTimeException e) {
            // The 30th of February.
            return Optional.empty();
        }
    }

    private Optional<Instant> iso(Cursor at) {
        var year = at.exactly(4);
        var separator = at.peek();
        if (separator != '-' && separator != '/') {
            return Optional.empty();
        }
        at.skip(1);
        var month = at.exactly(2);
        if (month < 0 || !at.take(separator)) {
            return Optional.empty();
        }
        var day = at.exactly(2);
        var between = at.peek();
        at.skip(1);
        if (day < 0 || "Tt _".indexOf(between) < 0) {
            return Optional.empty();
        }
        // With an underscore it is svlogd's, which writes UTC.
        var unsaid = between == '_' ? ZoneOffset.UTC : zone;
        return Clock.at(at)
                .map(clock ->
                        clock.on(new Clock.Day(year, month, day), Zones.at(at).orElse(unsaid)));
    }

    /** Seconds, with a fraction or without, or smaller units, told by how many digits there are. */
    private static Optional<Instant> sinceEpoch(Cursor at) {
        var count = at.digitsAhead();
        var units = switch (count) {
            case 10 -> 1L;
            case 13 -> 1_000L;
            case 16 -> 1_000_000L;
            case 19 -> 1_000_000_000L;
            default -> 0L;
        };
        if (units == 0) {
            return Optional.empty();
        }
        var number = at.number(count);
        var nanos = units == 1 && at.take('.') ? at.fraction() : 0;
        return at.isLetter() || at.is('-') || at.is('/')
                ? Optional.empty()
                : Optional.of(Instant.ofEpochSecond(number / units, (number % units) * (NANOS / units) + nanos));
    }

    private static Optional<Instant> tai64(Cursor at) {
        var seconds = hex(at, TAI64_DIGITS);
        if (seconds < TAI64_EPOCH) {
            return Optional.empty();
        }
        var nanos = Math.max(0, hex(at, NANO_DIGITS));
        return Optional.of(Instant.ofEpochSecond(seconds - TAI64_EPOCH, nanos % NANOS));
    }

    /** −1, with nothing taken, if there are fewer digits. */
    private static long hex(Cursor at, int digits) {
        var begin = at.position();
        var number = 0L;
        for (var i = 0; i < digits; i++) {
            var digit = Character.digit(at.peek(), 16);
            if (digit < 0) {
                at.back(begin);
                return -1;
            }
            number = (number << 4) | digit;
            at.skip(1);
        }
        return number;
    }
}
