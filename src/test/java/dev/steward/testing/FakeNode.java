package dev.steward.testing;

import dev.steward.bus.BusException;
import dev.steward.bus.Presence;
import dev.steward.bus.ledger.Ledger;
import dev.steward.config.AgentConfig;
import dev.steward.config.Backoff;
import dev.steward.config.Budget;
import dev.steward.config.Command;
import dev.steward.config.Heartbeat;
import dev.steward.config.KeepAlive;
import dev.steward.config.Leftovers;
import dev.steward.config.Ready;
import dev.steward.config.Stop;
import dev.steward.config.Text;
import dev.steward.control.Agents;
import dev.steward.control.CannotBeReplaced;
import dev.steward.control.DaemonControl;
import dev.steward.control.InboxStatus;
import dev.steward.control.LogRotation;
import dev.steward.control.Methods;
import dev.steward.control.OrderDesk;
import dev.steward.control.UnknownLog;
import dev.steward.logs.Outcome;
import dev.steward.logs.Wish;
import dev.steward.posix.Signal;
import dev.steward.store.AgentRow;
import dev.steward.store.IncidentRow;
import dev.steward.store.RotationRow;
import dev.steward.store.StateReader;
import dev.steward.store.TransitionRow;
import dev.steward.supervise.AgentStatus;
import dev.steward.supervise.AgentStatus.Heard;
import dev.steward.supervise.AgentStatus.Running;
import dev.steward.supervise.UnknownAgent;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A node made up by hand: what the socket can ask of a daemon, without processes. Tests set what it says. */
public final class FakeNode implements Agents, DaemonControl, LogRotation, StateReader {
    public static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    public final List<AgentStatus> agents = new CopyOnWriteArrayList<>();
    public final List<TransitionRow> transitions = new CopyOnWriteArrayList<>();
    public final List<IncidentRow> incidents = new CopyOnWriteArrayList<>();
    /** What comes of logs that are to be rotated. */
    public final List<Outcome> outcomes = new CopyOnWriteArrayList<>();

    public final List<RotationRow> rotations = new CopyOnWriteArrayList<>();
    public volatile Optional<Presence> bus = Optional.empty();
    /** What it knows of orders; none at first. */
    public volatile OrderDesk orders = () -> {
        throw new BusException(BusException.Kind.UNAVAILABLE, "there is no bus");
    };

    public final List<String> problems = new CopyOnWriteArrayList<>();
    public final List<String> storeProblems = new CopyOnWriteArrayList<>();
    /** What was asked, in order. */
    public final List<String> asked = new CopyOnWriteArrayList<>();

    public volatile CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
    private final Path home;

    public FakeNode(Path home) {
        this.home = home;
    }

    /** What its socket can be asked, at {@link #NOW} in UTC. */
    public Methods methods() {
        return new Methods(
                new Methods.Parts(this, this, this, this, new PresentOrders()), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    /** An agent with a process if it is up. */
    public AgentStatus agent(String name, String state) {
        var process = state.equals("up")
                ? Optional.of(new Running(4242, "0199-inc", NOW.minusSeconds(3723), Duration.ofSeconds(3723)))
                : Optional.<Running>empty();
        return agent(config(name, Optional.empty()), state, "reason of " + name, process, List.of());
    }

    public AgentStatus agent(
            AgentConfig config, String state, String reason, Optional<Running> process, List<String> incidents) {
        return new AgentStatus(
                config,
                state,
                reason,
                process,
                2,
                1,
                Optional.of("SIGKILL"),
                incidents,
                Optional.empty(),
                Heard.NOTHING);
    }

    /** The same, with what it says of itself. */
    public static AgentStatus hearing(AgentStatus agent, Heard heard) {
        return new AgentStatus(
                agent.config(),
                agent.state(),
                agent.reason(),
                agent.process(),
                agent.restarts(),
                agent.failures(),
                agent.lastExit(),
                agent.incidents(),
                agent.asked(),
                heard);
    }

    public AgentConfig config(String name, Optional<Heartbeat> heartbeat) {
        return new AgentConfig(
                name,
                "label." + name,
                "what " + name + " is for",
                new Command.Exec(List.of(new Text("/bin/true"))),
                home,
                Map.of(),
                Optional.empty(),
                true,
                KeepAlive.ALWAYS,
                Set.of(0),
                new Ready.After(Duration.ofSeconds(1), Duration.ofSeconds(30)),
                new Stop(Signal.TERM, Duration.ofSeconds(10)),
                new Backoff(Duration.ofMillis(100), Duration.ofSeconds(60)),
                new Budget(5, Duration.ofSeconds(60)),
                new Budget(30, Duration.ofSeconds(60)),
                Leftovers.KILL,
                List.of(),
                home.resolve("logs").resolve(name + ".log"),
                Optional.empty(),
                OptionalInt.empty(),
                Map.of(),
                true,
                heartbeat);
    }

    public static TransitionRow transition(long seq, String agent, String from, String to) {
        return new TransitionRow(
                seq,
                agent,
                from,
                to,
                "because " + seq,
                Optional.of("inc"),
                OptionalLong.of(7),
                NOW.plusSeconds(seq),
                seq,
                "boot");
    }

    public static IncidentRow incident(String subject, String cause) {
        return new IncidentRow(1, subject, cause, "it is bad", NOW, NOW, Optional.empty(), 3);
    }

    @Override
    public List<AgentStatus> freshStatus() {
        return agents;
    }

    @Override
    public List<AgentStatus> status() {
        return agents;
    }

    @Override
    public CompletableFuture<List<AgentStatus>> start(List<String> names) {
        return change("start", "up", names);
    }

    @Override
    public CompletableFuture<List<AgentStatus>> stop(List<String> names) {
        return change("stop", "stopped", names);
    }

    @Override
    public CompletableFuture<List<AgentStatus>> restart(List<String> names) {
        return change("restart", "up", names);
    }

    private CompletableFuture<List<AgentStatus>> change(String what, String state, List<String> names) {
        names.forEach(this::require);
        asked.add(what + " " + String.join(",", names));
        return done.thenApply(_ -> {
            agents.replaceAll(
                    agent -> names.contains(agent.name()) && !agent.state().equals("failed")
                            ? agent(agent.name(), state)
                            : agent);
            return agents;
        });
    }

    private void require(String name) {
        if (agents.stream().noneMatch(agent -> agent.name().equals(name))) {
            throw new UnknownAgent("There is no agent '" + name + "'");
        }
    }

    @Override
    public boolean signal(String name, Signal signal) {
        require(name);
        asked.add("signal " + name + " " + signal);
        return agents.stream().anyMatch(agent -> agent.name().equals(name) && agent.isUp());
    }

    @Override
    public Info info() {
        return new Info(
                true, 99, "1.2.3", home, home.resolve("steward.yaml"), "studio", Duration.ofHours(25), bus, problems);
    }

    @Override
    public List<String> storeProblems() {
        return storeProblems;
    }

    @Override
    public String reload() {
        asked.add("reload");
        return "added: x";
    }

    @Override
    public void down(boolean keepAgents, boolean now, Consumer<String> progress) {
        asked.add("down keep=" + keepAgents + " now=" + now);
        progress.accept("stopping cls");
        progress.accept("all stopped");
    }

    @Override
    public boolean goingDown() {
        return false;
    }

    @Override
    public void upgrade(Path launcher) throws CannotBeReplaced {
        if (!launcher.startsWith("/opt")) {
            throw new CannotBeReplaced(launcher + " is no program");
        }
        asked.add("upgrade " + launcher);
    }

    @Override
    public void leave() {
        asked.add("leave");
    }

    /** Of a log of this home. */
    public Outcome outcome(String log, Outcome.Result result, String reason) {
        var path = home.resolve("logs").resolve(log);
        var moved = result == Outcome.Result.ROTATED;
        return new Outcome(
                path,
                result,
                moved ? Optional.of(Outcome.Way.CUT) : Optional.empty(),
                moved ? 1_234_567 : 0,
                moved ? Optional.of(path.resolveSibling(log + ".1.gz")) : Optional.empty(),
                NOW,
                Duration.ofNanos(1_234_567),
                reason);
    }

    /** A log that was rotated twice, and has failed since. */
    public RotationRow failing(String log) {
        var path = home.resolve("logs").resolve(log).toString();
        return new RotationRow(
                path,
                new RotationRow.Last(
                        "failed",
                        Optional.empty(),
                        0,
                        Optional.empty(),
                        NOW,
                        Duration.ofMillis(3),
                        false,
                        "the disk is full"),
                new RotationRow.Done(Optional.of(NOW.minusSeconds(3_600)), 2, 2_000_000),
                Optional.of(new RotationRow.Failing(NOW.minusSeconds(60), 3)));
    }

    @Override
    public void rotate(Wish wish, Consumer<Outcome> each) throws UnknownLog {
        for (var path : wish.paths()) {
            if (!path.startsWith(home)) {
                throw new UnknownLog(path + " is no log of the configuration");
            }
        }
        asked.add("rotate " + wish.paths() + " dry=" + wish.dryRun() + " force=" + wish.force());
        outcomes.forEach(each);
        asked.add("rotated");
    }

    @Override
    public List<AgentRow> agents() {
        return List.of(new AgentRow(
                "cls", Optional.empty(), "up", "ready", Optional.empty(), "next", 3, 4, Optional.of("exit status 1")));
    }

    @Override
    public List<TransitionRow> history(String agent, int limit) {
        return last(
                transitions.stream().filter(row -> row.agent().equals(agent)).toList(), limit);
    }

    @Override
    public List<TransitionRow> transitionsAfter(long seq, int limit) {
        return transitions.stream().filter(row -> row.seq() > seq).limit(limit).toList();
    }

    @Override
    public long lastSeq() {
        return transitions.isEmpty() ? 0 : transitions.getLast().seq();
    }

    @Override
    public List<IncidentRow> incidents(boolean openOnly, int limit) {
        return last(new ArrayList<>(incidents), limit);
    }

    @Override
    public List<RotationRow> rotations() {
        return rotations;
    }

    private static <T> List<T> last(List<T> rows, int limit) {
        return rows.subList(Math.max(0, rows.size() - limit), rows.size());
    }

    @Override
    public void close() {}

    /** Whatever it knows of orders at that moment. */
    private final class PresentOrders implements OrderDesk {
        @Override
        public Ledger ledger() throws BusException {
            return orders.ledger();
        }

        @Override
        public List<InboxStatus> inboxes() throws BusException {
            return orders.inboxes();
        }

        @Override
        public Optional<String> hindrance(String inbox) {
            return orders.hindrance(inbox);
        }
    }
}
