package dev.steward.daemon;

import dev.steward.audit.AuditTrail;
import dev.steward.config.AgentEnvironment;
import dev.steward.config.ConfigException;
import dev.steward.config.Configuration;
import dev.steward.config.Loaded;
import dev.steward.config.Problem;
import dev.steward.control.Agents;
import dev.steward.control.ControlServer;
import dev.steward.control.Methods;
import dev.steward.control.SocketPath;
import dev.steward.posix.FileLock;
import dev.steward.posix.OsSignals;
import dev.steward.posix.Posix;
import dev.steward.posix.Signal;
import dev.steward.store.StoreException;
import dev.steward.supervise.Clocks;
import dev.steward.supervise.Journal;
import dev.steward.supervise.Scribe;
import dev.steward.supervise.Supervisor;
import dev.steward.supervise.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.time.ZoneId;
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

    private static final int LOCK_TRIES = 5;
    private static final int LOCK_PAUSE_MILLIS = 50;

    private final Home home;
    private final Path config;
    private final Map<String, String> environment;
    private final Clocks clocks = new Clocks(InstantSource.system(), System::nanoTime);

    /**
     * @param config the configuration file
     * @param environment the daemon's own, which agents inherit
     */
    public Steward(Home home, Path config, Map<String, String> environment) {
        this.home = home;
        this.config = config;
        this.environment = inherited(environment);
    }

    /** If this daemon was itself started by an agent, its own agents are not that one. */
    private static Map<String, String> inherited(Map<String, String> environment) {
        var own = new HashMap<>(environment);
        own.keySet().removeAll(AgentEnvironment.GIVEN);
        return own;
    }

    /**
     * Runs until it is asked to end.
     *
     * @param screen shows states and the agents' output; empty in the background
     * @throws ConfigException if the configuration is refused; nothing was started
     * @throws CannotRun if something else keeps it from running; nothing was started
     */
    public void run(Optional<Screen> screen) throws ConfigException, CannotRun {
        makeFolders();
        try (var posix = Posix.forSupervisor();
                var _ = lock(posix, home.folder());
                var _ = lockFile(posix)) {
            tellPid();
            var loaded = loadFirst(posix);
            var usedBefore = Files.exists(loaded.configuration().paths().audit());
            var recall = Recall.of(home, usedBefore, clocks.wall());
            try (var store = recall.store();
                    var journal = new Journal(
                            new Scribe(store, audit(posix, loaded.configuration())),
                            posix.processes().boot())) {
                serve(new Parts(posix, journal, loaded, recall, screen));
            }
        } catch (IOException | StoreException e) {
            throw new CannotRun(CannotRun.Why.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    /** What a running daemon is made of. */
    private record Parts(Posix posix, Journal journal, Loaded loaded, Recall recall, Optional<Screen> screen) {}

    private void serve(Parts parts) throws IOException {
        var configuration = parts.loaded.configuration();
        try (var pings = new PingDoor(home.folder(), clocks.monotonic());
                var supervisor =
                        new Supervisor(parts.posix, parts.journal, surroundings(pings), clocks, new Random())) {
            var control = new Control(supervisor, parts.journal, home, clocks, this::load);
            control.starts(
                    configuration,
                    parts.recall.trouble(),
                    parts.loaded.onThisMachine().stream().map(Problem::toString).toList());
            control.alsoTells(pings::troubles);
            // Listens first: an agent that was started is not left alone because nobody could ask for it.
            try (var server = ControlServer.listen(SocketPath.prepare(home.folder()));
                    var _ = Foreground.show(parts.screen, parts.journal, supervisor, configuration)) {
                supervisor.begin(configuration, parts.recall.memory());
                pings.answer(supervisor::heard);
                server.serve(methods(parts, supervisor, control));
                listen(control);
                control.runs();
                control.awaitEnd();
            }
        }
    }

    private Surroundings surroundings(PingDoor pings) {
        return new Surroundings(home.folder(), config, Program.launcher(), environment, pings);
    }

    private Methods methods(Parts parts, Supervisor supervisor, Control control) {
        return new Methods(Agents.of(supervisor), parts.recall.store(), control, clocks.wall(), ZoneId.systemDefault());
    }

    private static void listen(Control control) {
        OsSignals.on(Signal.TERM, control::end);
        OsSignals.on(Signal.INT, control::end);
        OsSignals.on(Signal.HUP, control::reloadQuietly);
        // It would end the JVM without a word.
        OsSignals.on(Signal.USR1, () -> LOG.info("SIGUSR1 means nothing here"));
    }

    private Configuration load() throws ConfigException {
        return Program.loader(environment).load(config);
    }

    private void makeFolders() throws CannotRun {
        try {
            Files.createDirectories(home.folder());
            PrivateFolder.make(home.run());
            Files.createDirectories(home.logs());
            linkLauncher();
        } catch (IOException e) {
            throw new CannotRun(CannotRun.Why.CANNOT_CREATE, "the home cannot be made: " + e.getMessage());
        }
    }

    private void linkLauncher() throws IOException {
        var link = Files.createDirectories(home.bin()).resolve("steward");
        if (!Files.isSymbolicLink(link) || !Files.readSymbolicLink(link).equals(Program.launcher())) {
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, Program.launcher());
        }
    }

    /** The folder itself is locked, too: a lock file can be deleted under the daemon that holds it. */
    private FileLock lock(Posix posix, Path folder) throws IOException, CannotRun {
        return posix.locks().tryLockFolder(folder).orElseThrow(this::runsAlready);
    }

    /** Whoever only looks whether a daemon runs has this lock for a moment. */
    private FileLock lockFile(Posix posix) throws IOException, CannotRun {
        var lock = posix.locks().tryLock(home.lock());
        for (var i = 0; i < LOCK_TRIES && lock.isEmpty(); i++) {
            posix.poller().await(LOCK_PAUSE_MILLIS);
            lock = posix.locks().tryLock(home.lock());
        }
        return lock.orElseThrow(this::runsAlready);
    }

    private CannotRun runsAlready() {
        var pid = "unknown";
        try {
            pid = Files.readString(home.pid()).strip();
        } catch (IOException e) {
            LOG.debug("{} cannot be read: {}", home.pid(), e.getMessage());
        }
        return new CannotRun(CannotRun.Why.RUNS_ALREADY, "a daemon runs on " + home.folder() + " already, pid " + pid);
    }

    /** For people and scripts; nothing depends on it, so a full disk keeps no daemon from starting. */
    private void tellPid() {
        var unseen = home.run().resolve("daemon.pid.new");
        try {
            Files.writeString(unseen, ProcessHandle.current().pid() + "\n");
            Files.move(unseen, home.pid(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warn("{} cannot be written: {}", home.pid(), e.getMessage());
        }
    }

    /** Where agents run already, one missing program is no reason to leave them alone. */
    private Loaded loadFirst(Posix posix) throws ConfigException {
        var loader = Program.loader(environment);
        return Supervisor.anythingLives(home.run(), posix.locks())
                ? loader.loadForRecovery(config)
                : new Loaded(loader.load(config), List.of());
    }

    private AuditTrail audit(Posix posix, Configuration configuration) {
        return AuditTrail.open(
                configuration.paths().audit(),
                clocks.wall(),
                ZoneId.systemDefault(),
                () -> posix.locks().lock(home.auditLock())::close);
    }
}
