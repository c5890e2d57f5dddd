package dev.steward.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** What an agent finds in its environment: the daemon's own, under its {@code env_file}, under its {@code env}. */
public final class AgentEnvironment {
    private AgentEnvironment() {}

    /**
     * Reads the file and resolves the references now; a reference sees the daemon's variables and the file's. Without the
     * variables that Steward adds for each incarnation.
     *
     * @throws ConfigException if {@code env_file} cannot be read or is malformed
     * @throws Text.UnresolvedReference if a reference in {@code env} leads nowhere
     */
    public static Map<String, String> of(AgentConfig agent, Map<String, String> inherited) throws ConfigException {
        var environment = new LinkedHashMap<>(inherited);
        if (agent.envFile().isPresent()) {
            environment.putAll(EnvFile.read(agent.envFile().get()));
        }
        var below = Map.copyOf(environment);
        agent.env().forEach((name, text) -> environment.put(name, text.resolve(below)));
        return environment;
    }
}
