package dev.steward.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What an agent or a worker finds in its environment: the daemon's own, under its {@code env_file}, under its {@code env}. */
public final class AgentEnvironment {
    /** The variables that Steward gives an agent itself: neither a configuration's {@code env} nor inheritance sets them. */
    public static final Set<String> GIVEN = Set.of(
            "PWD",
            "STEWARD_HOME",
            "STEWARD_CONFIG",
            "STEWARD_AGENT",
            "STEWARD_INCARNATION",
            "STEWARD_SECTION",
            "STEWARD_HEARTBEAT_FILE",
            "STEWARD_HEARTBEAT_KEY",
            "STEWARD_HEARTBEAT_EVERY",
            "STEWARD_PING_URL");

    /** What the daemon's parent tells the daemon alone: sd_notify(3), sd_watchdog_enabled(3), sd_listen_fds(3), systemd.exec(5). */
    private static final Set<String> THE_DAEMONS_OWN = Set.of(
            "NOTIFY_SOCKET",
            "WATCHDOG_USEC",
            "WATCHDOG_PID",
            "LISTEN_PID",
            "LISTEN_FDS",
            "LISTEN_FDNAMES",
            "INVOCATION_ID",
            "JOURNAL_STREAM",
            "SYSTEMD_EXEC_PID");

    private AgentEnvironment() {}

    /**
     * Reads the file and resolves the references now; a reference sees the daemon's variables and the file's. Without the
     * variables that Steward adds for each incarnation or attempt.
     *
     * @throws ConfigException if {@code env_file} cannot be read or is malformed
     * @throws Text.UnresolvedReference if a reference in {@code env} leads nowhere
     */
    public static Map<String, String> of(Invocation invocation, Map<String, String> inherited) throws ConfigException {
        var environment = inheritable(inherited);
        if (invocation.envFile().isPresent()) {
            environment.putAll(EnvFile.read(invocation.envFile().get()));
        }
        var below = Map.copyOf(environment);
        invocation.env().forEach((name, text) -> environment.put(name, text.resolve(below)));
        return environment;
    }

    /** The same for an agent. */
    public static Map<String, String> of(AgentConfig agent, Map<String, String> inherited) throws ConfigException {
        return of(agent.invocation(), inherited);
    }

    /** What an agent inherits of the daemon's environment: neither what made the daemon itself an agent, nor what its parent told it. */
    public static Map<String, String> inheritable(Map<String, String> daemons) {
        var environment = new LinkedHashMap<>(daemons);
        environment.keySet().removeAll(GIVEN);
        environment.keySet().removeAll(THE_DAEMONS_OWN);
        return environment;
    }
}
