package dev.steward.store;

import java.util.List;

/**
 * What is written at once: all of it or nothing.
 *
 * @param agents rows to insert, or to put in the place of those with the same names
 * @param removedAgents names of agents that are no longer configured; their transitions stay
 * @param transitions rows to add, in their order; the store gives them their {@code seq}
 * @param incidents what happened to incidents, in its order
 */
public record Batch(
        List<AgentRow> agents,
        List<String> removedAgents,
        List<TransitionRow> transitions,
        List<IncidentChange> incidents) {
    public Batch {
        agents = List.copyOf(agents);
        removedAgents = List.copyOf(removedAgents);
        transitions = List.copyOf(transitions);
        incidents = List.copyOf(incidents);
    }

    /** Whether there is nothing to write. */
    public boolean isEmpty() {
        return agents.isEmpty() && removedAgents.isEmpty() && transitions.isEmpty() && incidents.isEmpty();
    }
}
