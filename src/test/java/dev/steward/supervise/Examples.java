package dev.steward.supervise;

import dev.steward.config.AgentConfig;
import dev.steward.config.Backoff;
import dev.steward.config.Budget;
import dev.steward.config.Command;
import dev.steward.config.Heartbeat;
import dev.steward.config.Heartbeat.OnStale;
import dev.steward.config.KeepAlive;
import dev.steward.config.Leftovers;
import dev.steward.config.Need;
import dev.steward.config.Ready;
import dev.steward.config.ResourceLimit;
import dev.steward.config.Stop;
import dev.steward.config.Text;
import dev.steward.config.Via;
import dev.steward.posix.Identity;
import dev.steward.posix.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** Builds sections for tests: the documented defaults, but for what a test says. */
final class Examples {
    static final Incarnation INCARNATION = new Incarnation("0190", new Identity(100, 200, "boot"), Instant.EPOCH, 0);

    private final String name;
    private final Path folder;
    private Command command = new Command.Shell("exec sleep 1000");
    private KeepAlive keepAlive = KeepAlive.ALWAYS;
    private Ready ready = new Ready.After(Duration.ofSeconds(1), Duration.ofSeconds(30));
    private Stop stop = new Stop(Signal.TERM, Duration.ofSeconds(10));
    private Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(60));
    private Budget failures = new Budget(5, Duration.ofSeconds(60));
    private Budget restarts = new Budget(30, Duration.ofSeconds(60));
    private Leftovers leftovers = Leftovers.KILL;
    private List<Need> needs = List.of();
    private Map<String, Text> env = Map.of();
    private Optional<String> umask = Optional.empty();
    private Set<Integer> successExitCodes = Set.of(0);
    private OptionalInt nice = OptionalInt.empty();
    private Map<ResourceLimit, String> limits = Map.of();
    private boolean autostart = true;
    private Optional<Heartbeat> heartbeat = Optional.empty();

    private Examples(String name, Path folder) {
        this.name = name;
        this.folder = folder;
    }

    static Examples agent(String name) {
        return new Examples(name, Path.of("/nowhere"));
    }

    static Examples agent(String name, Path folder) {
        return new Examples(name, folder);
    }

    Examples shell(String script) {
        command = new Command.Shell(script);
        return this;
    }

    Examples exec(String... argv) {
        command = new Command.Exec(Stream.of(argv).map(Text::new).toList());
        return this;
    }

    Examples keepAlive(KeepAlive changed) {
        keepAlive = changed;
        return this;
    }

    Examples heartbeat(Heartbeat changed) {
        heartbeat = Optional.of(changed);
        return this;
    }

    Examples ready(Ready changed) {
        ready = changed;
        return this;
    }

    Examples readyAfter(Duration after) {
        ready = new Ready.After(after, Duration.ofSeconds(30));
        return this;
    }

    Examples stopWithin(Duration timeout) {
        stop = new Stop(Signal.TERM, timeout);
        return this;
    }

    Examples backoff(Duration first, Duration max) {
        backoff = new Backoff(first, max);
        return this;
    }

    Examples failures(int limit, Duration within) {
        failures = new Budget(limit, within);
        return this;
    }

    Examples restarts(int limit, Duration within) {
        restarts = new Budget(limit, within);
        return this;
    }

    Examples keepLeftovers() {
        leftovers = Leftovers.KEEP;
        return this;
    }

    Examples needs(Need... changed) {
        needs = List.of(changed);
        return this;
    }

    Examples env(String variable, String value) {
        env = Map.of(variable, new Text(value));
        return this;
    }

    Examples umask(String changed) {
        umask = Optional.of(changed);
        return this;
    }

    Examples successExitCodes(Integer... changed) {
        successExitCodes = Set.of(changed);
        return this;
    }

    Examples nice(int changed) {
        nice = OptionalInt.of(changed);
        return this;
    }

    Examples limit(ResourceLimit limit, String value) {
        limits = Map.of(limit, value);
        return this;
    }

    Examples beats(Via via, Duration every, Duration staleAfter) {
        return beats(new Heartbeat(via, every, staleAfter, OnStale.RESTART));
    }

    Examples beats(Heartbeat changed) {
        heartbeat = Optional.of(changed);
        return this;
    }

    Examples byHand() {
        autostart = false;
        return this;
    }

    AgentConfig config() {
        return new AgentConfig(
                name,
                name,
                "",
                command,
                folder,
                env,
                Optional.empty(),
                autostart,
                keepAlive,
                successExitCodes,
                ready,
                stop,
                backoff,
                failures,
                restarts,
                leftovers,
                needs,
                folder.resolve("logs").resolve(name + ".log"),
                umask,
                nice,
                limits,
                false,
                heartbeat);
    }

    Context context() {
        return context(0);
    }

    /** At that time of the monotonic clock. */
    Context context(long now) {
        return new Context(config(), true, now, 0, heartbeat.map(_ -> Pulse.begins(0, Optional.empty())));
    }
}
