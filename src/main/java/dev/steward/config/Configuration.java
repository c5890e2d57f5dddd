package dev.steward.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

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
     * What a file is that must not be rotated, whatever glob matches it: the configuration file, the audit trail, Steward's
     * databases with their companions, what is in {@code run} and {@code keys} of its home, heartbeats and environment files
     * of agents. For people, as the end of a sentence, for example {@code the audit trail}; empty for any other file.
     *
     * @param file absolute and normalized
     * @param home the daemon's folder, absolute and normalized
     */
    public Optional<String> noLog(Path file, Path home) {
        return OwnFiles.of(this).whatInHome(file, home);
    }

    /**
     * Where the node keeps what it writes; absolute.
     *
     * @param logs folder of the agents' logs
     * @param audit the audit trail
     */
    public record Paths(Path logs, Path audit) {}
}
