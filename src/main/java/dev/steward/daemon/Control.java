package dev.steward.daemon;

import dev.steward.config.ConfigException;
import dev.steward.config.Configuration;
import dev.steward.control.CannotBeReplaced;
import dev.steward.control.DaemonControl;
import dev.steward.store.IncidentChange;
import dev.steward.supervise.Clocks;
import dev.steward.supervise.Journal;
import dev.steward.supervise.Supervisor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The daemon as its socket and its signals steer it. Thread-safe. */
final class Control implements DaemonControl {
    private static final Logger LOG = LoggerFactory.getLogger(Control.class);

    /**
     * What it stands on.
     *
     * @param successor asks a launcher what would take this daemon's place
     * @param parent told how the daemon is
     */
    record Ground(Home home, Configurations configurations, Heirs successor, Parent parent) {}

    /** Finds what takes this daemon's place. */
    interface Heirs {
        Successor of(Path launcher) throws CannotBeReplaced;
    }

    private final Supervisor supervisor;
    private final Journal journal;
    private final Ground ground;
    private final Clocks clocks;
    private final long startedNanos;
    private final AtomicReference<Configuration> configuration = new AtomicReference<>();
    /** What was found at the start, and is said as long as this daemon lives. */
    private final List<String> standing = new CopyOnWriteArrayList<>();

    private final List<Supplier<List<String>>> tellers = new CopyOnWriteArrayList<>();
    private volatile Optional<OrderKeeping> orders = Optional.empty();

    private final AtomicBoolean ready = new AtomicBoolean();
    private final AtomicBoolean ending = new AtomicBoolean();
    private final AtomicBoolean keeping = new AtomicBoolean();
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicReference<Optional<Successor>> successor = new AtomicReference<>(Optional.empty());
    private volatile CompletableFuture<Void> stopped = CompletableFuture.completedFuture(null);

    Control(Supervisor supervisor, Journal journal, Ground ground, Clocks clocks) {
        this.supervisor = supervisor;
        this.journal = journal;
        this.ground = ground;
        this.clocks = clocks;
        startedNanos = clocks.monotonic().getAsLong();
    }

    /**
     * Before any agent is looked at.
     *
     * @param leftOut what the configuration asks for and this machine lacks, each for people
     */
    void starts(Configuration first, Optional<Recall.Trouble> trouble, List<String> leftOut) {
        configuration.set(first);
        journal.note("daemon_started", identity());
        for (var cause : List.of("store-damaged", "store-missing", "store-unusable")) {
            if (!trouble.map(Recall.Trouble::cause).equals(Optional.of(cause))) {
                journal.incident(new IncidentChange.Resolve(
                        "daemon", cause, clocks.wall().instant()));
            }
        }
        trouble.ifPresent(this::tell);
        leftOut.forEach(problem -> {
            LOG.error("{}", problem);
            standing.add(problem);
        });
    }

    /** Asked for problems whenever somebody wants to know them. */
    void alsoTells(Supplier<List<String>> teller) {
        tellers.add(teller);
    }

    /** From now on these take up what is configured, too. */
    void keeps(OrderKeeping keeping) {
        orders = Optional.of(keeping);
        alsoTells(keeping::problems);
    }

    private void tell(Recall.Trouble trouble) {
        LOG.error("{}", trouble.told());
        // What may be over before the daemon ends, the journal says as long as it lasts.
        if (!trouble.cause().equals("store-unusable")) {
            standing.add(trouble.told());
        }
        journal.note("store_trouble", Map.of("cause", trouble.cause(), "detail", trouble.told()));
        journal.incident(new IncidentChange.Open(
                "daemon", trouble.cause(), trouble.told(), clocks.wall().instant()));
    }

    /** As it is in force. */
    Configuration configuration() {
        return configuration.get();
    }

    /** Every agent was looked at, and people can ask. */
    void runs() {
        ready.set(true);
        LOG.info(
                "Steward {} {} in {}",
                Program.version(),
                runsAgents(),
                ground.home().folder());
        ground.parent().ready(runsAgents());
    }

    private String runsAgents() {
        var agents = supervisor.status().size();
        return "runs " + agents + " agent" + (agents == 1 ? "" : "s");
    }

    void awaitEnd() {
        var interrupted = false;
        while (end.getCount() > 0) {
            try {
                end.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        journal.note(successor.get().isPresent() && !ending.get() ? "daemon_replaced" : "daemon_ended", identity());
        journal.sync().join();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, Object> identity() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("pid", ProcessHandle.current().pid());
        fields.put("version", Program.version());
        fields.put("node", configuration.get().node());
        return fields;
    }

    @Override
    public Info info() {
        var problems = new ArrayList<>(journal.problems());
        problems.addAll(standing);
        ground.configurations().problem().ifPresent(problems::add);
        tellers.forEach(teller -> problems.addAll(teller.get()));
        for (var pid : supervisor.unownedOrphans()) {
            problems.add("pid " + pid
                    + " forked away from an agent, and nothing tells from which: look at it, and end it if nobody"
                    + " wants it");
        }
        return new Info(
                ready.get(),
                ProcessHandle.current().pid(),
                Program.version(),
                ground.home().folder(),
                configuration.get().file(),
                configuration.get().node(),
                Duration.ofNanos(clocks.monotonic().getAsLong() - startedNanos),
                orders.flatMap(OrderKeeping::presence),
                problems);
    }

    @Override
    public List<String> storeProblems() {
        return journal.problems();
    }

    @Override
    public synchronized String reload() throws ConfigException {
        ground.parent().reloading("takes up the configuration");
        try {
            return takeUp();
        } finally {
            ground.parent().ready(runsAgents());
        }
    }

    private String takeUp() throws ConfigException {
        var next = ground.configurations().read();
        var before = configuration.get();
        var done = supervisor.reconfigure(next);
        configuration.set(next);
        orders.ifPresent(keeping -> keeping.take(next));
        var told = told(done, before, next);
        LOG.info("Configuration taken up: {}", told.replace('\n', ';'));
        journal.note("config_reloaded", Map.of("file", next.file().toString(), "result", told));
        return told;
    }

    private static String told(Supervisor.Reconfigured done, Configuration before, Configuration next) {
        var lines = new ArrayList<String>();
        tell(lines, "added", done.added());
        tell(lines, "removed", done.removed());
        tell(lines, "replaced", done.replaced());
        tell(lines, "goes on under new rules", done.adjusted());
        if (!before.paths().audit().equals(next.paths().audit())) {
            lines.add("paths.audit: takes effect when the daemon starts next");
        }
        if (!before.bus().equals(next.bus())) {
            lines.add("bus: takes effect when the daemon starts next");
        }
        if (!before.workOrders().equals(next.workOrders())) {
            lines.add("work orders: kept under new rules");
        }
        if (!before.logs().equals(next.logs())) {
            lines.add("logs: kept under new rules");
        }
        return lines.isEmpty() ? "nothing has changed" : String.join("\n", lines);
    }

    private static void tell(List<String> lines, String what, List<String> agents) {
        if (!agents.isEmpty()) {
            lines.add(what + ": " + String.join(", ", agents));
        }
    }

    /** For SIGHUP: there is nobody to tell but the log. */
    void reloadQuietly() {
        try {
            reload();
        } catch (ConfigException e) {
            LOG.error("Nothing was changed, for the configuration is refused:\n{}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("The configuration could not be taken up. Please report this.", e);
        }
    }

    @Override
    public void down(boolean keepAgents, boolean now, Consumer<String> progress) {
        if (keepAgents) {
            keeping.set(true);
            ending.set(true);
            ground.parent().stopping();
            progress.accept("agents go on without a daemon; the next one adopts them");
            return;
        }
        var stopped = stopAll();
        if (now) {
            supervisor.hurry();
        }
        stopped.join();
        for (var agent : supervisor.status()) {
            if (agent.incidents().contains("leftovers")) {
                progress.accept(agent.name() + ": " + agent.reason());
            }
        }
        progress.accept("all agents are stopped");
    }

    private CompletableFuture<Void> stopAll() {
        ending.set(true);
        ground.parent().stopping();
        stopped = supervisor.down();
        return stopped;
    }

    /** Whether nothing that it started is to live longer than it. */
    boolean stopsAll() {
        return ending.get() && !keeping.get();
    }

    @Override
    public boolean goingDown() {
        return ending.get();
    }

    @Override
    public void upgrade(Path launcher) throws CannotBeReplaced {
        if (!ready.get() || ending.get()) {
            throw new CannotBeReplaced(ending.get() ? "the daemon goes down" : "the daemon is just starting");
        }
        successor.set(Optional.of(ground.successor().of(launcher)));
        LOG.info("To be replaced by the version of {}", launcher);
        ground.parent().reloading("is being replaced by another version");
    }

    /** What is to take this daemon's place, if it ends for that. Waits for agents, if it was asked to stop them at the last moment. */
    Optional<Successor> successor() {
        stopped.join();
        return ending.get() ? Optional.empty() : successor.get();
    }

    @Override
    public void leave() {
        end.countDown();
    }

    /** For SIGTERM and Ctrl-C: stops everything; the second time at once. */
    void end() {
        if (ending.getAndSet(true)) {
            LOG.warn("Killed at once what has not stopped yet");
            supervisor.hurry();
        } else {
            LOG.info("Stopping all agents; once more kills them at once");
            ground.parent().stopping();
        }
        // Also if somebody else began it, who may have failed to bring it to its end.
        stopped = supervisor.down();
        var _ = stopped.whenComplete((_, _) -> leave());
    }
}
