package dev.steward.control;

import dev.steward.config.Heartbeat;
import dev.steward.control.DaemonControl.Info;
import dev.steward.store.IncidentRow;
import dev.steward.supervise.AgentStatus;
import java.time.Instant;
import java.util.List;

/**
 * The node at one moment.
 *
 * @param incidents those that are open
 */
record Snapshot(Info info, List<Seen> agents, List<IncidentRow> incidents) {
    /** An agent and its sign of life. */
    record Seen(AgentStatus status, Beat beat) {
        static Seen of(AgentStatus status, Instant now) {
            var file = status.config().heartbeat().map(Heartbeat::path);
            var started = status.process().map(AgentStatus.Running::started);
            return file.isPresent() && started.isPresent()
                    ? new Seen(status, BeatFile.read(file.get(), started.get(), now))
                    : new Seen(status, Beat.UNKNOWN);
        }
    }
}
