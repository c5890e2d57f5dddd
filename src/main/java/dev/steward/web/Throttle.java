package dev.steward.web;

import dev.steward.web.Ping.Kind;
import org.jspecify.annotations.Nullable;

/**
 * How many pings of one incarnation are passed on. A beat after a beat says nothing new, so of those {@value #A_SECOND} a second are
 * enough, and the others are as good as passed on. Everything else is a change, and changes have a measure of their own, so that no
 * flood of beats can hide one; a change too many is refused, since it must not be lost in silence. Not thread-safe.
 */
final class Throttle {
    private static final int A_SECOND = 10;
    private static final long NANOS_A_PING = 1_000_000_000L / A_SECOND;

    private final Bucket beats;
    private final Bucket changes;
    private @Nullable Kind last;

    Throttle(long nanos) {
        beats = new Bucket(nanos);
        changes = new Bucket(nanos);
    }

    enum Decision {
        PASS_ON,
        /** Another beat has just said the same. */
        SAID_ALREADY,
        TOO_MANY
    }

    Decision decide(Kind kind, long nanos) {
        var saysNothingNew = kind == Kind.BEAT && last == Kind.BEAT;
        if (!(saysNothingNew ? beats : changes).take(nanos)) {
            return saysNothingNew ? Decision.SAID_ALREADY : Decision.TOO_MANY;
        }
        last = kind;
        return Decision.PASS_ON;
    }

    /** Holds what {@value #A_SECOND} pings need, and fills up in a second. */
    private static final class Bucket {
        private long fullAt;

        Bucket(long nanos) {
            fullAt = nanos;
        }

        boolean take(long nanos) {
            if (fullAt - nanos < 0) {
                fullAt = nanos;
            }
            if (fullAt - nanos > (A_SECOND - 1) * NANOS_A_PING) {
                return false;
            }
            fullAt += NANOS_A_PING;
            return true;
        }
    }
}
