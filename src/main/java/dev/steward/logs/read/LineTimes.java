package dev.steward.logs.read;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Finds the time that a line begins with.
 *
 * <p>Known are ISO 8601 and RFC 3339, {@code 2025/10/30 05:49:11}, what syslog, ctime(3), the logs of Apache, s6-log, multilog and svlogd
 * begin with, seconds, milliseconds, microseconds and nanoseconds since 1970, and JSON objects with {@code ts}, {@code time},
 * {@code timestamp} or {@code @timestamp}. May be used by any thread.
 */
public final class LineTimes {
    private static final int MOST_PRIORITY_DIGITS = 3;
    /** Before it, in the logs of web servers, are an address, and two names that are seldom there. */
    private static final int ACCESS_LOG_PREFIX = 300;

    private final Stamps stamps;
    private final JsonTimes json;

    /** @param zone of times that do not tell theirs */
    public LineTimes(ZoneId zone) {
        stamps = new Stamps(zone);
        json = new JsonTimes(stamps);
    }

    /**
     * The time of a line.
     *
     * @param line its first bytes, without its newline
     * @param latest about when it was written at the latest: of times without a year the last before that is meant
     * @return empty if it begins with none that is known
     */
    public Optional<Instant> of(byte[] line, int length, Instant latest) {
        var at = new Cursor(line, length);
        skipColours(at);
        if (at.is('{')) {
            return json.of(at, latest);
        }
        if (at.is('<')) {
            skipPriority(at);
        }
        var bracket = at.take('[') || at.take('(');
        var found = stamps.of(at, latest);
        return found.isPresent() || bracket ? found : ofAccessLog(at, latest);
    }

    /** The moment that a text is, from its first letter to its last. */
    Optional<Instant> whole(String text, Instant latest) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var at = new Cursor(bytes, bytes.length);
        return stamps.of(at, latest).filter(_ -> at.isAtEnd());
    }

    /** Programs that colour their lines do so before the time, too. */
    private static void skipColours(Cursor at) {
        while (at.is(0x1b)) {
            var begin = at.position();
            at.skip(1);
            if (!at.take('[')) {
                at.back(begin);
                return;
            }
            while (at.isDigit() || at.is(';')) {
                at.skip(1);
            }
            if (!at.take('m')) {
                at.back(begin);
                return;
            }
        }
    }

    /** RFC 3164 and, with its version, RFC 5424. */
    private static void skipPriority(Cursor at) {
        var begin = at.position();
        at.skip(1);
        var digits = at.digits(MOST_PRIORITY_DIGITS);
        if (digits.isEmpty() || !at.take('>')) {
            at.back(begin);
            return;
        }
        if (at.is('1') && at.isNext(' ')) {
            at.skip(2);
        }
    }

    /** {@code 127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET …}: nothing else looks like this bracket. */
    private Optional<Instant> ofAccessLog(Cursor at, Instant latest) {
        for (var i = 0; i < ACCESS_LOG_PREFIX && !at.isAtEnd(); i++) {
            if (at.take('[')) {
                return at.looksLikeApache() ? stamps.of(at, latest) : Optional.empty();
            }
            at.skip(1);
        }
        return Optional.empty();
    }
}
