package dev.steward.daemon;

import dev.steward.supervise.AgentStatus;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** Which agents write to a log that was deleted or moved away: nobody can read that, nor rotate it, and it grows for ever. */
record LostLogs(Supplier<? extends Collection<AgentStatus>> agents) {
    /** For people. */
    List<String> all() {
        return agents.get().stream()
                .filter(agent -> agent.process().isPresent()
                        && Files.notExists(agent.config().log()))
                .map(agent -> agent.config().log() + " was deleted or moved away, and " + agent.name()
                        + " still writes to it: steward restart " + agent.name() + " begins a new one")
                .toList();
    }
}
