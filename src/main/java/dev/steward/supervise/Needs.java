package dev.steward.supervise;

import dev.steward.config.Need;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who needs whom. A view of the agents, which change under it. */
final class Needs {
    private final Map<String, Agent> agents;

    Needs(Map<String, Agent> agents) {
        this.agents = agents;
    }

    /** Whether all that an agent needs is there. */
    boolean met(Agent agent) {
        for (var need : agent.wanted().needs()) {
            var other = agents.get(need.agent());
            if (!met(need, other)) {
                return false;
            }
        }
        return true;
    }

    private static boolean met(Need need, @Nullable Agent other) {
        return other != null
                && switch (need.condition()) {
                    case READY -> other.state() instanceof State.Up && !other.leaving;
                    case DONE -> other.state() instanceof State.Ended ended && ended.well();
                };
    }

    /** What an agent waits for, for people. */
    List<String> missing(Agent agent) {
        return agent.wanted().needs().stream()
                .filter(need -> !met(need, agents.get(need.agent())))
                .map(Need::agent)
                .toList();
    }

    /** These agents and all that they need, needs first. What was to be done and is done is not needed again. */
    Set<Agent> withNeeds(Collection<Agent> wanted) {
        var all = new LinkedHashSet<Agent>();
        wanted.forEach(agent -> addNeedsFirst(agent, all));
        return all;
    }

    private void addNeedsFirst(Agent agent, Set<Agent> all) {
        if (all.contains(agent)) {
            return;
        }
        for (var need : agent.wanted().needs()) {
            var other = agents.get(need.agent());
            if (other != null && !isDone(need, other)) {
                addNeedsFirst(other, all);
            }
        }
        all.add(agent);
    }

    private static boolean isDone(Need need, Agent other) {
        return need.condition() == Need.Condition.DONE && met(need, other);
    }

    /**
     * Everybody who needs one of these while it runs, directly or not, beside themselves. Who only needed it to be done has what
     * it needed.
     */
    Set<Agent> dependents(Collection<Agent> needed) {
        var found = new LinkedHashSet<Agent>();
        var open = new ArrayDeque<>(needed);
        while (!open.isEmpty()) {
            var name = open.remove().name();
            for (var agent : agents.values()) {
                var needsIt = agent.wanted().needs().stream()
                        .anyMatch(need -> need.agent().equals(name) && need.condition() == Need.Condition.READY);
                if (needsIt && !needed.contains(agent) && found.add(agent)) {
                    open.add(agent);
                }
            }
        }
        return found;
    }

    /** Whether somebody who needs this agent while it runs still does. One that had to be done first is needed no more. */
    boolean inUse(Agent agent) {
        return agents.values().stream()
                .filter(other -> other.state().occupied())
                .flatMap(other -> other.config().needs().stream())
                .anyMatch(need -> need.agent().equals(agent.name()) && need.condition() == Need.Condition.READY);
    }
}
