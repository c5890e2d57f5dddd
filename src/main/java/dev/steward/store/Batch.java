package dev.steward.store;

import java.util.List;

/**
 * What is written at once: all of it or nothing.
 *
 * @param agents rows to insert, or to put in the place of those with the same names
 * @param removedAgents names of agents that are no longer configured; their transitions stay
 * @param transitions rows to add, in their order; the store gives them their {@code seq}
 * @param incidents what happened to incidents, in its order
 * @param rotations what came of logs, in its order
 */
public record Batch(
        List<AgentRow> agents,
        List<String> removedAgents,
        List<TransitionRow> transitions,
        List<IncidentChange> incidents,
        List<RotationChange> rotations) {
    public Batch {
        agents = List.copyOf(agents);
        removedAgents = List.copyOf(removedAgents);
        transitions = List.copyOf(transitions);
        incidents = List.copyOf(incidents);
        rotations = List.copyOf(rotations);
    }

    /** Without rotations. */
    public Batch(
            List<AgentRow> agents,
            List<String> removedAgents,
            List<TransitionRow> transitions,
            List<IncidentChange> incidents) {
        this(agents, removedAgents, transitions, incidents, List.of());
    }

    /** Rotations alone. */
    public static Batch ofRotations(List<RotationChange> rotations) {
        return new Batch(List.of(), List.of(), List.of(), List.of(), rotations);
    }

    /** Whether there is nothing to write. */
    public boolean isEmpty() {
        return agents.isEmpty()
                && removedAgents.isEmpty()
                && transitions.isEmpty()
                && incidents.isEmpty()
                && rotations.isEmpty();
    }
}
