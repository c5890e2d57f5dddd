package dev.steward.logs.read;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** Reads the zone behind a time: {@code Z}, {@code +07}, {@code +0700}, {@code +07:00}, {@code " -0700"}, {@code " UTC"}. */
final class Zones {
    private Zones() {}

    /** Takes it; where there is none, nothing is taken. */
    static Optional<ZoneId> at(Cursor at) {
        var begin = at.position();
        var blank = at.take(' ');
        var found = at.is('+') || at.is('-') ? offset(at, blank) : name(at, blank);
        if (found.isEmpty()) {
            at.back(begin);
        }
        return found;
    }

    private static Optional<ZoneId> name(Cursor at, boolean blank) {
        var utc = blank
                ? at.take("UTC") || at.take("GMT") || at.take("Z")
                : at.take("Z") || at.take("z") || at.take("UTC") || at.take("GMT");
        return utc && !at.isLetter() && !at.isDigit() ? Optional.of(ZoneOffset.UTC) : Optional.empty();
    }

    /** After a blank only with minutes: {@code 05:49:11 -5 degrees}. */
    private static Optional<ZoneId> offset(Cursor at, boolean blank) {
        var sign = at.take('-') ? -1 : 1;
        if (sign == 1) {
            at.skip(1);
        }
        var digits = at.digitsAhead();
        if (digits != 2 && digits != 4) {
            return Optional.empty();
        }
        var hours = at.exactly(2);
        var minutes = at.exactly(2);
        if (minutes < 0 && at.take(':')) {
            minutes = at.exactly(2);
        }
        if (hours > 18 || minutes > 59 || (minutes < 0 && blank)) {
            return Optional.empty();
        }
        return Optional.of(ZoneOffset.ofTotalSeconds(
                sign * Math.min(18 * 3600, hours * 3600 + Math.max(0, minutes) * 60)));
    }
}
