package dev.steward.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * An inbox that the daemon receives for a program which reads the folder itself.
 *
 * @param name as it was written; names of inboxes compare without case
 * @param log where a line for each order goes, absolute
 */
public record InboxConfig(String name, Optional<Path> log) {
    /** Why an inbox can't have this name, for people, as the end of a sentence; empty if it can. */
    public static Optional<String> objection(String name) {
        return name.matches(InboxSection.NAME)
                ? Optional.empty()
                : Optional.of("is no name of an inbox: " + InboxSection.NAME_SAYING);
    }
}
