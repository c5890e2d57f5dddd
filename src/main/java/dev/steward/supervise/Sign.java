package dev.steward.supervise;

import java.time.Duration;

/** What an agent says of itself, in whatever way: see sd_notify(3) for most of it. */
public sealed interface Sign {
    /** It lives and does its work. */
    record Beat() implements Sign {}

    /** It is ready, or ready again. */
    record Ready() implements Sign {}

    /** It reads its configuration anew, and says {@link Ready} when that is done. */
    record Reloading() implements Sign {}

    /** It stops by itself. */
    record Stopping() implements Sign {}

    /** It begins with what it does, and will beat when it has done it. */
    record Begun() implements Sign {}

    /** What it is about, for people. */
    record Status(String text) implements Sign {}

    /** It needs so much time, from now on, for whatever it is about. */
    record Extend(Duration by) implements Sign {}

    /** So soon its beats will follow each other from now on. */
    record BeatsWithin(Duration within) implements Sign {}

    /** It asks to be replaced, as if it were stale. */
    record Trigger() implements Sign {}

    /** Another process of the same session is its main one now. */
    record MainPid(long pid) implements Sign {}

    /** It failed at something, told for people; it goes on. */
    record Failed(String detail) implements Sign {}

    /** What an agent said, as one line without control characters, cut to so many characters: it is shown to people. */
    static String line(String said, int longest) {
        return said.codePoints()
                .limit(longest)
                .map(point -> Character.isISOControl(point) ? ' ' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
    }
}
