package dev.steward.control;

import dev.steward.control.DaemonControl.Info;
import dev.steward.store.IncidentRow;
import dev.steward.supervise.AgentStatus;
import java.util.List;

/**
 * The node at one moment.
 *
 * @param inboxes those that somebody of this node receives
 * @param incidents those that are open
 */
record Snapshot(Info info, List<AgentStatus> agents, List<InboxStatus> inboxes, List<IncidentRow> incidents) {}
