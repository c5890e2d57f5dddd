package dev.steward.bus;

import java.time.Instant;
import java.util.Locale;

/**
 * What the envelope of a work order says of it.
 *
 * @param id checked by whoever read it: no slash, no {@code ..}, at most 128 bytes
 * @param to the inbox, as the sender wrote it; names compare without case, see {@link #inbox()}
 * @param from who dropped it
 * @param priority {@code P0} (first) to {@code P4}
 * @param tags separated by commas
 */
public record Heading(String id, String to, String from, String priority, String title, String tags, Instant created) {
    /** The inbox's name as names are compared. */
    public String inbox() {
        return inbox(to);
    }

    /** A name as names of inboxes and of agents are compared: in lower case. */
    public static String inbox(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /**
     * Whether this asks for what that one asked for: all is equal but {@link #created}. With the same payload it is the same order
     * dropped once more ({@link Accepted.Same}), although its envelope tells another time.
     */
    public boolean repeats(Heading that) {
        return id.equals(that.id)
                && inbox().equals(that.inbox())
                && inbox(from).equals(inbox(that.from))
                && priority.equals(that.priority)
                && title.equals(that.title)
                && tags.equals(that.tags);
    }
}
