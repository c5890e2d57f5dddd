package dev.steward.logs.read;

import java.time.Instant;
import java.util.Optional;

/**
 * The time of a line that is a JSON object, or the beginning of one: a member of the outermost object by the name of ts, time, timestamp
 * or {@code @timestamp}, which is a text or a number. No parser is asked: a line may be longer than what is looked at of it.
 */
final class JsonTimes {
    private final Stamps stamps;

    JsonTimes(Stamps stamps) {
        this.stamps = stamps;
    }

    Optional<Instant> of(Cursor at, Instant latest) {
        var depth = 0;
        while (!at.isAtEnd()) {
            switch (at.peek()) {
                case '"' -> {
                    var isName = depth == 1 && isName(at);
                    if (!isName) {
                        skipText(at);
                    } else if (skipColon(at)) {
                        var found = value(at, latest);
                        if (found.isPresent()) {
                            return found;
                        }
                    }
                }
                case '{', '[' -> {
                    depth++;
                    at.skip(1);
                }
                case '}', ']' -> {
                    depth--;
                    at.skip(1);
                }
                default -> at.skip(1);
            }
        }
        return Optional.empty();
    }

    private static boolean isName(Cursor at) {
        return at.take("\"ts\"") || at.take("\"time\"") || at.take("\"timestamp\"") || at.take("\"@timestamp\"");
    }

    private static boolean skipColon(Cursor at) {
        skipBlanks(at);
        var is = at.take(':');
        skipBlanks(at);
        return is;
    }

    private Optional<Instant> value(Cursor at, Instant latest) {
        var begin = at.position();
        at.take('"');
        var found = stamps.of(at, latest);
        at.back(begin);
        return found;
    }

    private static void skipBlanks(Cursor at) {
        while (at.is(' ') || at.is('\t')) {
            at.skip(1);
        }
    }

    private static void skipText(Cursor at) {
        at.skip(1);
        while (!at.isAtEnd() && !at.take('"')) {
            at.skip(at.is('\\') ? 2 : 1);
        }
    }
}
