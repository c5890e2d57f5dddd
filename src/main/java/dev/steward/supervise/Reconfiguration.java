package dev.steward.supervise;

import dev.steward.config.AgentConfig;
import dev.steward.store.AgentRow.Asked;
import dev.steward.supervise.Supervisor.Reconfigured;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes up a changed configuration, agent by agent: those whose section is the same are not touched. */
final class Reconfiguration {
    private final Supervision supervision;
    private final List<Agent> added = new ArrayList<>();
    private final List<Agent> removed = new ArrayList<>();
    private final List<Agent> replaced = new ArrayList<>();
    private final List<Agent> adjusted = new ArrayList<>();

    Reconfiguration(Supervision supervision) {
        this.supervision = supervision;
    }

    Reconfigured take(Map<String, AgentConfig> configured) {
        var before = new LinkedHashMap<>(supervision.agents());
        before.values().stream()
                .filter(agent -> !configured.containsKey(agent.name()) && !agent.removed)
                .forEach(removed::add);
        for (var config : configured.values()) {
            take(config, Optional.ofNullable(before.get(config.name())));
        }
        supervision.inOrderOf(configured.keySet());
        supervision.requests().remove(removed);
        supervision.requests().replace(replaced);
        var toRun = added.stream().filter(agent -> agent.wanted().autostart()).toList();
        for (var agent : supervision.needs().withNeeds(toRun)) {
            // What somebody stopped is not started by an edit.
            if (!agent.asked.equals(Optional.of(Asked.STOP))) {
                supervision.handle(agent, new Event.Start());
            }
        }
        return new Reconfigured(names(added), names(removed), names(replaced), names(adjusted));
    }

    private void take(AgentConfig config, Optional<Agent> known) {
        if (known.isEmpty()) {
            added.add(supervision.add(config, supervision.births().newId()));
            return;
        }
        var agent = known.get();
        // One that was removed and has not gone yet comes back.
        var returns = agent.removed;
        agent.removed = false;
        if (agent.wanted().equals(config) && !returns) {
            return;
        }
        var before = agent.wanted();
        var anew = !before.fingerprint().equals(config.fingerprint());
        supervision.births().forget(agent.config());
        agent.reconfigure(config, anew);
        if (returns) {
            supervision.requests().comeBack(agent);
            added.add(agent);
        } else if (anew && isWanted(agent.state())) {
            replaced.add(agent);
        } else {
            adjusted.add(agent);
            judgeAnew(agent, before, config);
        }
    }

    private void judgeAnew(Agent agent, AgentConfig before, AgentConfig now) {
        var proves = !before.ready().equals(now.ready());
        if (proves && agent.state() instanceof State.Starting) {
            agent.probe = agent.last.flatMap(last -> ReadyProbe.ofAdopted(now, last.started()));
            supervision.handle(agent, new Event.RulesChanged());
        } else if (agent.state() instanceof State.Up && !before.heartbeat().equals(now.heartbeat())) {
            supervision.handle(agent, new Event.RulesChanged());
        }
    }

    /** What rests by somebody's wish, or by its own end, is not started by an edit. */
    private static boolean isWanted(State state) {
        return switch (state) {
            case State.Stopped _, State.Ended _ -> false;
            case State.Waiting _, State.Spawning _, State.Clearing _, State.Starting _, State.Up _ -> true;
            case State.Stopping stopping -> stopping.then() != State.Then.REST;
            case State.BackingOff _, State.Failed _ -> true;
        };
    }

    private static List<String> names(List<Agent> agents) {
        return agents.stream().map(Agent::name).toList();
    }
}
