package dev.steward.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What must hold between agents: names and labels are theirs alone, and what they need exists and is no circle. */
final class AgentsChecks {
    /** What the daemon's own files are called. */
    private static final String DAEMON = "steward";

    private final Map<String, AgentSection> agents;
    private final Scope at;
    private final Set<String> settled = new HashSet<>();

    AgentsChecks(Map<String, AgentSection> agents, Scope at) {
        this.agents = agents;
        this.at = at;
    }

    void run() {
        var names = new HashMap<String, String>();
        var labels = new HashMap<String, String>();
        agents.forEach((name, agent) -> {
            if (name.equalsIgnoreCase(DAEMON)) {
                at.key(name)
                        .problem(
                                "the name is the daemon's own",
                                "they would share logs/steward.log: choose another name");
            }
            var other = names.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
            if (other != null) {
                at.key(name)
                        .problem(
                                "differs from the agent " + other + " in upper and lower case alone",
                                "they would" + " share their files: choose another name");
            }
            var label = agent.label().orElse(name);
            var bearer = labels.putIfAbsent(label, name);
            if (bearer != null) {
                at.key(name)
                        .key("label")
                        .problem("'" + Shown.of(label) + "' is the label of " + bearer + " too", "choose another");
            }
            agent.needs().all().forEach(need -> checkNeed(name, need));
        });
        agents.keySet().forEach(name -> findCircle(name, new ArrayList<>()));
    }

    private void checkNeed(String name, Need need) {
        var place = at.key(name).key("needs").key(need.agent());
        var needed = agents.get(need.agent());
        if (need.agent().equals(name)) {
            place.problem("an agent cannot need itself", "remove " + name);
        } else if (needed == null && !at.has(need.agent())) {
            place.problem(
                    "there is no agent '" + Shown.of(need.agent()) + "'", Suggest.among(need.agent(), agents.keySet()));
        } else if (needed != null
                && need.condition() == Need.Condition.DONE
                && needed.keepAlive().afterSuccess()) {
            place.problem(
                    need.agent() + " is never done: it is started again after every success",
                    "give it keep_alive: on-failure or never");
        }
    }

    private void findCircle(String name, List<String> path) {
        var begin = path.indexOf(name);
        if (begin >= 0) {
            var circle = new ArrayList<>(path.subList(begin, path.size()));
            circle.add(name);
            at.key(circle.getFirst())
                    .key("needs")
                    .key(circle.get(1))
                    .problem("a circle: " + String.join(" → ", circle), "cut it somewhere");
            return;
        }
        var agent = agents.get(name);
        if (agent == null || settled.contains(name)) {
            return;
        }
        path.add(name);
        for (var need : agent.needs().all()) {
            if (!need.agent().equals(name)) {
                findCircle(need.agent(), path);
            }
        }
        path.removeLast();
        settled.add(name);
    }
}
