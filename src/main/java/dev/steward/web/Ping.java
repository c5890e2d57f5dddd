package dev.steward.web;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * One sign of life that came by HTTP.
 *
 * @param exitStatus of what the agent ran, 0 to 255, if it told one: 0 is a {@link Kind#BEAT}, any other a {@link Kind#FAIL}
 * @param rid the UUID with which the agent marks pings that belong together, in lower case
 * @param body what the agent sent along, read as UTF-8, up to {@link #BODY_BYTES}; it may hold control characters
 * @param bodyCut whether more was sent than the body holds
 */
public record Ping(Kind kind, OptionalInt exitStatus, Optional<String> rid, String body, boolean bodyCut) {
    /** So much of a body is kept, as healthchecks.io does. */
    public static final int BODY_BYTES = 10_000;

    /** What an agent says of itself. */
    public enum Kind {
        /** It lives, or did what it was to do. */
        BEAT,
        /** It begins. */
        START,
        /** It failed. */
        FAIL
    }
}
