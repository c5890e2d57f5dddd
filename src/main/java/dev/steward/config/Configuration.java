package dev.steward.config;

import java.nio.file.Path;
import java.util.Map;

/**
 * A valid configuration.
 *
 * @param file where it was read from
 * @param node this machine's name
 * @param agents by name, in the file's order
 * @param logs how their logs, the daemon's own and foreign ones are kept
 */
public record Configuration(Path file, String node, Paths paths, Map<String, AgentConfig> agents, Logs logs) {
    /**
     * Where the node keeps what it writes; absolute.
     *
     * @param logs folder of the agents' logs
     * @param audit the audit trail
     */
    public record Paths(Path logs, Path audit) {}
}
