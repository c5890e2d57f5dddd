package dev.steward.daemon;

import dev.steward.audit.AuditTrail;
import dev.steward.audit.Locker;
import dev.steward.config.ConfigException;
import dev.steward.config.Configuration;
import dev.steward.control.Agents;
import dev.steward.control.CannotBeReplaced;
import dev.steward.control.Methods;
import dev.steward.logs.Rotations;
import dev.steward.posix.Posix;
import dev.steward.store.StoreException;
import dev.steward.supervise.Clocks;
import dev.steward.supervise.Journal;
import dev.steward.supervise.Reach;
import dev.steward.supervise.Scribe;
import dev.steward.supervise.Supervisor;
import dev.steward.supervise.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daemon: builds every part from the configuration, and owns start and stop. There is no clean shutdown that anything needs:
 * it may be killed at any moment, and its start is recovery.
 */
public final class Steward {
    private static final Logger LOG = LoggerFactory.getLogger(Steward.class);

    private final Home home;
    private final Path config;
    /** As the daemon was given it; agents inherit less. */
    private final Map<String, String> environment;

    private final Clocks clocks = new Clocks(InstantSource.system(), System::nanoTime);
    private final Ears ears = new Ears();
    private final Origin origin;

    /**
     * Made for one run.
     *
     * @param config the configuration file
     * @param environment the daemon's own, which agents inherit
     */
    public Steward(Home home, Path config, Map<String, String> environment) {
        this.home = home;
        this.config = config;
        this.environment = Map.copyOf(environment);
        origin = Origin.of(environment);
        origin.predecessor().ifPresent(gone -> ears.begin(gone.heard()));
    }

    /** Whether this process was a daemon before, which another version is to replace. */
    public static boolean succeeds(Map<String, String> environment) {
        return Succession.of(environment).isPresent();
    }

    /**
     * Runs until it is asked to end. To be replaced by another version it becomes that program, and does not return.
     *
     * @param screen shows states and the agents' output; empty in the background
     * @throws ConfigException if the configuration is refused; nothing was started
     * @throws CannotRun if something else keeps it from running; nothing was started
     */
    public void run(Optional<Screen> screen) throws ConfigException, CannotRun {
        makeFolders();
        try (var posix = Posix.forSupervisor();
                var hold = Hold.take(posix, home, origin)) {
            Files.deleteIfExists(home.ready());
            // Not by the audit trail, which a command may have begun.
            var usedBefore = Files.exists(home.pid());
            tell(home.pid());
            var successor = live(posix, screen, usedBefore, List.of());
            while (successor.isPresent()) {
                successor = live(posix, screen, true, List.of(become(successor.get(), posix, hold)));
            }
            hold.endsWell();
        } catch (IOException | StoreException e) {
            throw new CannotRun(CannotRun.Why.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    /** One life of a daemon. Gives what is to take its place, if it ended for that. */
    private Optional<Successor> live(Posix posix, Optional<Screen> screen, boolean usedBefore, List<String> problems)
            throws ConfigException, CannotRun, IOException, StoreException {
        var configurations = new Configurations(home, config, Origin.inheritable(environment));
        var loaded = configurations.first(Supervisor.anythingLives(home.run(), posix.locks()));
        var recall = Recall.of(home, usedBefore, clocks.wall());
        try (var store = recall.store();
                var journal = new Journal(
                        new Scribe(store, audit(posix, loaded.configuration())),
                        posix.processes().boot())) {
            journal.recall(recall.memory().openIncidents());
            var standing = new ArrayList<>(problems);
            loaded.onThisMachine().forEach(problem -> standing.add(problem.toString()));
            return serve(new Parts(posix, journal, loaded.configuration(), recall, screen), configurations, standing);
        }
    }

    /** What a running daemon is made of. */
    private record Parts(Posix posix, Journal journal, Configuration first, Recall recall, Optional<Screen> screen) {}

    private Optional<Successor> serve(Parts parts, Configurations configurations, List<String> standing)
            throws IOException {
        var later = new BegunLater();
        try (var pings = new PingDoor(home.folder(), clocks.monotonic());
                var supervisor =
                        new Supervisor(parts.posix, parts.journal, surroundings(pings, later), clocks, new Random())) {
            var parent = Parent.of(environment, clocks.monotonic());
            Control.Heirs heirs = launcher -> successor(launcher, parts);
            var ground = new Control.Ground(home, configurations, heirs, parent);
            var control = new Control(supervisor, parts.journal, ground, clocks);
            control.starts(parts.first, parts.recall.trouble(), standing);
            control.alsoTells(pings::troubles);
            // Listens first: an agent that was started is not left alone because nobody could ask for it.
            try (var door = ControlDoor.listen(home);
                    var _ = Foreground.show(parts.screen, parts.journal, supervisor, parts.first, clocks.wall())) {
                supervisor.begin(parts.first, parts.recall.memory());
                // Those of agents that are gone.
                parts.posix.letGoOfSockets();
                pings.answer(supervisor::heard);
                ears.tell(control, parts.posix, origin);
                try (var upkeep = new Upkeep(new Landmarks(home), door, guards(parts.posix));
                        var logs = logs(parts, control);
                        var orders = orders(parts, control);
                        var _ = Watchdog.begin(parent, supervisor::status)) {
                    door.serve(methods(parts, supervisor, control, new Kept(logs, orders)));
                    control.alsoTells(upkeep::problems);
                    control.alsoTells(logs::problems);
                    control.alsoTells(new LostLogs(supervisor::status)::all);
                    control.keeps(orders);
                    later.began(logs);
                    later.began(orders);
                    upkeep.begin();
                    tell(home.ready());
                    linkLauncher(true);
                    control.runs();
                    sayHowLong();
                    control.awaitEnd();
                    ears.keep();
                    if (control.stopsAll()) {
                        orders.down();
                    }
                    var successor = control.successor();
                    successor.ifPresent(_ -> supervisor.leavesSockets());
                    return successor;
                }
            }
        }
    }

    private Surroundings surroundings(PingDoor pings, BegunLater later) {
        return new Surroundings(
                home.folder(),
                config,
                Program.launcher(),
                Origin.inheritable(environment),
                new Reach(pings, later),
                later::beforeStart);
    }

    private Optional<Guards> guards(Posix posix) {
        return origin.guarded()
                ? Optional.of(new Guards(home, config, posix, environment, clocks.monotonic()))
                : Optional.empty();
    }

    private void sayHowLong() {
        origin.predecessor().ifPresent(gone -> {
            var nanos = clocks.monotonic().getAsLong() - gone.wentNanos();
            LOG.info("Took over from Steward {}, {} ms after it stopped to answer", gone.version(), nanos / 1_000_000);
        });
    }

    private Successor successor(Path launcher, Parts parts) throws CannotBeReplaced {
        var role = parts.screen.isPresent() ? "up" : "daemon";
        var words = List.of("--home", home.folder().toString(), "--config", config.toString(), role);
        return Successor.of(launcher, words, home, parts.posix, environment);
    }

    /** Becomes the next daemon. If that cannot be, it is told why, and lives on: its agents run, and are adopted. */
    private String become(Successor next, Posix posix, Hold hold) {
        var handover = posix.withSockets(hold.handover(Ears.ALL));
        var now = clocks.monotonic().getAsLong();
        var succession = new Succession(Program.version(), now, ears.kept(), handover);
        var program = Path.of(next.argv().getFirst());
        try {
            posix.exec().execve(program, next.argv(), Origin.forSuccessor(environment, succession), handover);
            throw new IllegalStateException("execve(2) returns only if it fails");
        } catch (IOException e) {
            var told = "the daemon could not be replaced, and goes on as it is: " + e.getMessage();
            LOG.error("{}", told);
            return told;
        }
    }

    /** What is kept besides agents. */
    private record Kept(LogKeeping logs, OrderKeeping orders) {}

    private Methods methods(Parts parts, Supervisor supervisor, Control control, Kept kept) {
        var answering =
                new Methods.Parts(Agents.of(supervisor), parts.recall.store(), control, kept.logs(), kept.orders());
        return new Methods(answering, clocks.wall().withZone(ZoneId.systemDefault()));
    }

    private OrderKeeping orders(Parts parts, Control control) {
        var trail = parts.first.paths().audit();
        var ground = new OrderGround(
                home,
                parts.posix,
                clocks,
                new OrderGround.Trail(audit(parts.posix, parts.first), trail),
                new OrderGround.Heritage(config, Origin.inheritable(environment)));
        return new OrderKeeping(
                configuration -> OpenOrders.open(ground, configuration),
                control::configuration,
                parts.journal,
                clocks.wall());
    }

    /** Begins after the agents were looked at: what is urgent comes first. */
    private LogKeeping logs(Parts parts, Control control) {
        var inheritable = new HashMap<>(Origin.inheritable(environment));
        // As in agents, steward means the launcher that runs this daemon.
        inheritable.merge("PATH", home.bin().toString(), (present, bin) -> bin + ":" + present);
        var rotations = Rotations.here(inheritable, clocks.wall(), clocks.monotonic());
        var troubles = new LogTroubles(parts.recall.store(), parts.journal, clocks.wall());
        return new LogKeeping(rotations, control::configuration, home, troubles, clocks.monotonic());
    }

    private void makeFolders() throws CannotRun {
        try {
            Files.createDirectories(home.folder());
            PrivateFolder.make(home.run());
            Files.createDirectories(home.logs());
            linkLauncher(false);
        } catch (IOException e) {
            throw new CannotRun(CannotRun.Why.CANNOT_CREATE, "the home cannot be made: " + e.getMessage());
        }
    }

    /**
     * The launcher that agents and the guard find. One that is there stays until this version has become ready: a build that does not
     * start must not be all that the guard knows.
     */
    private void linkLauncher(boolean ready) throws IOException {
        var link = Files.createDirectories(home.bin()).resolve("steward");
        if (Files.exists(link) && !ready) {
            return;
        }
        if (!Files.isSymbolicLink(link) || !Files.readSymbolicLink(link).equals(Program.launcher())) {
            var unseen = link.resolveSibling("steward.new");
            Files.deleteIfExists(unseen);
            Files.createSymbolicLink(unseen, Program.launcher());
            Files.move(unseen, link, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** This process's pid, for people, scripts and the guard; a full disk keeps no daemon from starting. */
    private static void tell(Path file) {
        var unseen = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(unseen, ProcessHandle.current().pid() + "\n");
            Files.move(unseen, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warn("{} cannot be written: {}", file, e.getMessage());
        }
    }

    private AuditTrail audit(Posix posix, Configuration configuration) {
        var trail = configuration.paths().audit();
        var locks = posix.locks();
        var locker = Locker.beside(trail, lock -> locks.tryLock(lock).map(held -> held::close));
        return AuditTrail.open(trail, clocks.wall(), ZoneId.systemDefault(), locker);
    }
}
