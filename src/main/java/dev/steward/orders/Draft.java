package dev.steward.orders;

import java.util.List;
import java.util.Optional;

/**
 * What somebody asks for, but the payload.
 *
 * @param id to drop the same order again; empty: a new one
 * @param title one line, not blank, at most {@link #MAX_TEXT} characters
 * @param tags without commas; blank ones are left out; together at most {@link #MAX_TEXT} characters
 */
public record Draft(
        Optional<OrderId> id, InboxName to, InboxName from, Priority priority, String title, List<String> tags) {
    /** The longest title, and the longest line of tags, in characters. */
    public static final int MAX_TEXT = 1_000;

    public Draft {
        tags = List.copyOf(tags);
    }
}
