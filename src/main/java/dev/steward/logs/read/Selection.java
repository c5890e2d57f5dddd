package dev.steward.logs.read;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which lines are wanted.
 *
 * @param since none before this; a line that begins with no time has the time of the line before
 * @param until none after this
 * @param grep what a line must have in it; looked for in its first 64 KiB, without its line ending
 */
public record Selection(Optional<Instant> since, Optional<Instant> until, Optional<Pattern> grep) {
    /** So far may what a line says differ from when it was written: from UTC−12 to UTC+14. */
    private static final Duration ZONES_APART = Duration.ofHours(26);

    /** A line of 64 KiB can be gone through several hundred times, which takes about a tenth of a second. */
    private static final long MOST_LOOKS = 30_000_000;

    /** All lines. */
    public static Selection all() {
        return new Selection(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Whether every line is wanted. */
    public boolean isAll() {
        return !asksForTime() && grep.isEmpty();
    }

    /** Whether it depends on the times of lines. */
    public boolean asksForTime() {
        return since.isPresent() || until.isPresent();
    }

    /** Whether what was last written at that time holds no wanted line, whatever zone its lines are in. */
    public boolean isTooOld(Instant lastWritten) {
        return since.isPresent() && lastWritten.plus(ZONES_APART).isBefore(since.get());
    }

    /** Whether what was first written at that time holds no wanted line. */
    public boolean isTooNew(Instant firstWritten) {
        return until.isPresent() && firstWritten.minus(ZONES_APART).isAfter(until.get());
    }

    /** Whether lines of that time are wanted; if no time is known, only if none is asked for. */
    boolean wants(Optional<Instant> time) {
        if (!asksForTime()) {
            return true;
        }
        return time.isPresent()
                && since.filter(time.get()::isBefore).isEmpty()
                && until.filter(time.get()::isAfter).isEmpty();
    }

    /** What a pattern says of a line. */
    enum Match {
        YES,
        NO,
        /** It tried too many ways, so nobody knows. */
        TOO_HARD
    }

    Match matches(byte[] line, int length) {
        if (grep.isEmpty()) {
            return Match.YES;
        }
        var end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        var text = new String(line, 0, end, StandardCharsets.UTF_8);
        try {
            return grep.get().matcher(BoundedText.of(text, MOST_LOOKS)).find() ? Match.YES : Match.NO;
        } catch (BoundedText.Exhausted | StackOverflowError e) {
            return Match.TOO_HARD;
        }
    }
}
