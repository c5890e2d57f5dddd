package dev.steward.config;

import java.nio.file.Path;
import java.util.Optional;

/** One inbox as it is written. */
@Doc("An inbox that the daemon receives for a program which reads the folder itself.")
record InboxSection(
        @Doc("The file that a line for each order is appended to.") @Otherwise("none")
        Optional<Path> log) {
    static final String NAME = "^(?!.*[.][.])[A-Za-z0-9][A-Za-z0-9._-]{0,63}$";
    static final String NAME_SAYING = AgentSection.NAME_SAYING + ", no ..";

    InboxConfig toInbox(String name) {
        return new InboxConfig(name, log);
    }
}
