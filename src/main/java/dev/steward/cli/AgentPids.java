package dev.steward.cli;

import dev.steward.control.ControlException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What of a daemon's status has to be the same after another took its place.
 *
 * @param config its configuration file
 * @param pids of its agents' processes
 * @param notReplaced why the daemon is not another than before, if it says so; else empty
 */
record AgentPids(Path config, Map<String, Long> pids, String notReplaced) {
    static AgentPids of(Root root) throws Failure, ControlException {
        var status =
                JsonMapper.shared().readTree(root.ask(Ask.status(true, false)).json());
        var pids = new TreeMap<String, Long>();
        for (var agent : status.path("agents")) {
            if (agent.path("pid").isNumber()) {
                pids.put(agent.path("name").asString(), agent.path("pid").asLong());
            }
        }
        var why = status.path("daemon")
                .path("problems")
                .valueStream()
                .map(JsonNode::asString)
                .filter(problem -> problem.contains("could not be replaced"))
                .findFirst();
        return new AgentPids(Path.of(status.path("daemon").path("config").asString()), pids, why.orElse(""));
    }

    int count() {
        return pids.size();
    }

    /** Those that are another process now, or none, each for people. */
    List<String> othersIn(AgentPids now) {
        return pids.entrySet().stream()
                .filter(agent -> !agent.getValue().equals(now.pids.get(agent.getKey())))
                .map(agent -> agent.getKey() + ": pid " + agent.getValue() + " is gone"
                        + (now.pids.containsKey(agent.getKey())
                                ? ", pid " + now.pids.get(agent.getKey()) + " runs"
                                : ""))
                .toList();
    }
}
