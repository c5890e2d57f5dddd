package dev.steward.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A valid configuration.
 *
 * @param file where it was read from
 * @param node this machine's name
 * @param agents by name, in the file's order
 * @param logs how their logs, the daemon's own and foreign ones are kept
 * @param workOrders the bus, inboxes, workers and rules of orders
 */
public record Configuration(
        Path file, String node, Paths paths, Map<String, AgentConfig> agents, Logs logs, WorkOrders workOrders) {
    /** What carries work orders and heartbeats. */
    public BusConfig bus() {
        return workOrders.bus();
    }

    /** The inboxes that the daemon receives, by name: in the file's order, then those of workers that nobody else receives. */
    public Map<String, InboxConfig> inboxes() {
        return workOrders.inboxes();
    }

    /** Every inbox that somebody of this node receives: those of the daemon, then those of agents, each in the file's order. */
    public List<InboxUse> inboxUses() {
        return InboxUse.in(this);
    }

    /** The workers by name, in the file's order. */
    public Map<String, WorkerConfig> workers() {
        return workOrders.workers();
    }

    /** What holds for every work order. */
    public OrderRules orders() {
        return workOrders.rules();
    }

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
     * @param inbox folder of the inboxes
     */
    public record Paths(Path logs, Path audit, Path inbox) {}
}
