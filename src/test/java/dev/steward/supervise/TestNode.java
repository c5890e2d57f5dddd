package dev.steward.supervise;

import dev.steward.audit.AuditTrail;
import dev.steward.config.AgentConfig;
import dev.steward.config.Configuration;
import dev.steward.config.Logs;
import dev.steward.config.WorkOrders;
import dev.steward.posix.Posix;
import dev.steward.store.Store;
import dev.steward.store.StoreException;
import dev.steward.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A home with everything that supervision needs, and real processes. Ends all of them at the end. */
final class TestNode implements AutoCloseable {
    final Path home;
    final Posix posix;
    final Store store;
    final Journal journal;
    final Supervisor supervisor;
    private boolean left;

    private TestNode(Path home, InstantSource wall) throws Exception {
        this.home = home;
        Files.createDirectories(home.resolve("run"));
        posix = Posix.forSupervisor();
        store = Store.open(home.resolve("state.db"), wall).store();
        var audit = AuditTrail.open(
                home.resolve("audit.jsonl"),
                wall,
                ZoneOffset.UTC,
                () -> posix.locks().lock(home.resolve("run/audit.lock"))::close);
        journal = new Journal(new Scribe(store, audit), posix.processes().boot());
        var environment = new HashMap<>(System.getenv());
        environment.keySet().removeIf(name -> name.startsWith("STEWARD_"));
        var surroundings = new Surroundings(
                home,
                home.resolve("steward.yaml"),
                Path.of("/usr/bin/false"),
                environment,
                new Reach(new Nowhere(), BeatKeys.none()),
                _ -> {});
        supervisor = new Supervisor(posix, journal, surroundings, new Clocks(wall, System::nanoTime), new Random(1));
    }

    /** A node whose agents have begun. */
    static TestNode begin(Path home, Examples... agents) throws Exception {
        return begin(home, InstantSource.system(), agents);
    }

    /** One whose wall clock is turned by hand. */
    static TestNode begin(Path home, InstantSource wall, Examples... agents) throws Exception {
        var node = new TestNode(home, wall);
        node.supervisor.begin(configuration(home, agents), node.memory());
        return node;
    }

    /** Addresses at which nobody listens. */
    private static final class Nowhere implements PingAddresses {
        @Override
        public String register(String agent, String incarnation) {
            return "http://127.0.0.1:9/ping/" + incarnation;
        }

        @Override
        public void forget(String agent) {
            // Nothing is known of it.
        }
    }

    private Supervisor.Memory memory() throws Exception {
        return new Supervisor.Memory(store.agents(), store.incidents(true, 1000));
    }

    static Configuration configuration(Path home, Examples... agents) {
        var byName = new LinkedHashMap<String, AgentConfig>();
        Stream.of(agents).map(Examples::config).forEach(config -> byName.put(config.name(), config));
        var paths = new Configuration.Paths(home.resolve("logs"), home.resolve("audit.jsonl"), home.resolve("inbox"));
        return new Configuration(
                home.resolve("steward.yaml"), "test", paths, byName, Logs.standard(), WorkOrders.standard());
    }

    AgentStatus status(String agent) {
        return supervisor.status().stream()
                .filter(status -> status.name().equals(agent))
                .findFirst()
                .orElseThrow();
    }

    String state(String agent) {
        return status(agent).state();
    }

    long pid(String agent) {
        return status(agent).process().orElseThrow().pid();
    }

    /** Waits until an agent is in this state. */
    AgentStatus await(String agent, String state) throws Exception {
        Await.until(agent + " is " + state, () -> state(agent).equals(state));
        return status(agent);
    }

    List<AgentStatus> start(String... agents) throws Exception {
        return supervisor.start(List.of(agents)).get(20, TimeUnit.SECONDS);
    }

    List<AgentStatus> stop(String... agents) throws Exception {
        return supervisor.stop(List.of(agents)).get(20, TimeUnit.SECONDS);
    }

    List<AgentStatus> restart(String... agents) throws Exception {
        return supervisor.restart(List.of(agents)).get(20, TimeUnit.SECONDS);
    }

    String log(String agent) throws IOException {
        var log = home.resolve("logs").resolve(agent + ".log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    /** Waits until an agent's log holds this. */
    void awaitLog(String agent, String text) throws Exception {
        Await.until(agent + "'s log holds " + text, () -> log(agent).contains(text));
    }

    /** The pids of the sleepers with this argument. */
    List<Long> sleepers(String argument) {
        return posix.processes().snapshot().stream()
                .map(process -> process.pid())
                .filter(pid -> commandLine(pid).equals("sleep " + argument + " "))
                .toList();
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline")).replace('\0', ' ');
        } catch (IOException gone) {
            return "";
        }
    }

    Map<String, String> environment(String agent) {
        return posix.processes().environment(pid(agent));
    }

    /** The daemon ends, its agents go on. */
    void leave() throws StoreException {
        left = true;
        supervisor.close();
        journal.close();
        store.close();
        posix.close();
    }

    /** Everything ends. */
    @Override
    public void close() throws StoreException {
        if (left) {
            return;
        }
        var down = supervisor.down();
        supervisor.hurry();
        down.orTimeout(20, TimeUnit.SECONDS).join();
        leave();
    }
}
