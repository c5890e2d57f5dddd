package dev.steward.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes the configuration of what was read: fills in the defaults that depend on other keys. */
final class Resolver {
    private final Path logs;
    private final String node;

    private Resolver(Path logs, String node) {
        this.logs = logs;
        this.node = node;
    }

    static Configuration resolve(RootSection root, Path file, String hostName) {
        var resolver = new Resolver(root.paths().logs(), root.node().orElse(hostName));
        var agents = new LinkedHashMap<String, AgentConfig>();
        root.agents().forEach((name, section) -> agents.put(name, resolver.agent(name, section)));
        return new Configuration(
                file,
                resolver.node,
                new Configuration.Paths(
                        root.paths().logs(), root.paths().audit(), root.paths().inbox()),
                Collections.unmodifiableMap(agents),
                root.logs().toLogs(ConfigLoader.folderOf(file)),
                workOrders(root));
    }

    private static WorkOrders workOrders(RootSection root) {
        var inboxes = new LinkedHashMap<String, InboxConfig>();
        root.inboxes().forEach((name, section) -> inboxes.put(name, section.toInbox(name)));
        var workers = new LinkedHashMap<String, WorkerConfig>();
        root.workers().forEach((name, section) -> workers.put(name, section.toWorker(name)));
        withoutReceiver(root, workers).forEach(name -> inboxes.put(name, new InboxConfig(name, Optional.empty())));
        return new WorkOrders(
                root.bus().toBus(), inboxes, workers, root.orders().toRules());
    }

    /** A worker alone is enough: what nobody else receives, the daemon does. */
    private static List<String> withoutReceiver(RootSection root, Map<String, WorkerConfig> workers) {
        var received = new HashSet<String>();
        root.inboxes().keySet().forEach(name -> received.add(plain(name)));
        root.agents()
                .values()
                .forEach(agent -> ReceivingAgent.inbox(agent).ifPresent(name -> received.add(plain(name))));
        return workers.values().stream()
                .map(WorkerConfig::inbox)
                .filter(name -> received.add(plain(name)))
                .toList();
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private AgentConfig agent(String name, AgentSection section) {
        var heartbeat = section.heartbeat().flatMap(beat -> beat.toHeartbeat(node, name));
        return new AgentConfig(
                name,
                section.label().orElse(name),
                section.description(),
                // Without a command the file is refused; the check of its other keys goes on.
                section.command().orElse(new Command.Shell(":")),
                section.directory(),
                section.env(),
                section.envFile(),
                section.autostart(),
                section.keepAlive(),
                section.successExitCodes(),
                section.ready().toReady(heartbeat),
                section.stop(),
                section.backoff(),
                section.failures(),
                section.restarts(),
                section.leftovers(),
                section.needs().all(),
                section.log().orElse(logs.resolve(name + ".log")),
                section.umask().map(Umask::octal),
                section.nice().map(OptionalInt::of).orElse(OptionalInt.empty()),
                limits(section.limits()),
                section.critical(),
                heartbeat);
    }

    private static Map<ResourceLimit, String> limits(Map<ResourceLimit, LimitValue> written) {
        var limits = new LinkedHashMap<ResourceLimit, String>();
        written.forEach((limit, value) -> limits.put(limit, value.text()));
        return Collections.unmodifiableMap(limits);
    }
}
