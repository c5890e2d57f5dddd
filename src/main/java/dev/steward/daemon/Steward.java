package dev.steward.daemon;

import dev.steward.audit.AuditTrail;
import dev.steward.config.ConfigException;
import dev.steward.config.Configuration;
import dev.steward.control.Agents;
import dev.steward.control.ControlServer;
import dev.steward.control.Methods;
import dev.steward.control.SocketPath;
import dev.steward.posix.FileLock;
import dev.steward.posix.OsSignals;
import dev.steward.posix.Posix;
import dev.steward.posix.Signal;
import dev.steward.store.SqliteNative;
import dev.steward.store.Store;
import dev.steward.store.StoreException;
import dev.steward.supervise.Clocks;
import dev.steward.supervise.Journal;
import dev.steward.supervise.Scribe;
import dev.steward.supervise.Supervisor;
import dev.steward.supervise.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
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
        own.keySet().removeIf(name -> name.startsWith("STEWARD_") && !name.equals("STEWARD_JAVA_HOME"));
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
                var _ = lock(posix)) {
            Files.writeString(home.pid(), ProcessHandle.current().pid() + "\n");
            var configuration = Program.loader(environment).load(config);
            var opened = openStore();
            try (var store = opened.store();
                    var journal = new Journal(
                            new Scribe(store, audit(posix, configuration)),
                            posix.processes().boot())) {
                serve(new Parts(posix, store, journal, configuration, screen), opened);
            }
        } catch (IOException | StoreException e) {
            throw new CannotRun(CannotRun.Why.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    /** What a running daemon is made of. */
    private record Parts(
            Posix posix, Store store, Journal journal, Configuration configuration, Optional<Screen> screen) {}

    private void serve(Parts parts, Store.Opened opened) throws IOException, StoreException {
        var surroundings = new Surroundings(home.folder(), config, Program.launcher(), environment);
        try (var supervisor = new Supervisor(parts.posix, parts.journal, surroundings, clocks, new Random())) {
            var control = new Control(supervisor, parts.journal, home, clocks, this::load);
            control.starts(parts.configuration, opened);
            var memory = new Supervisor.Memory(parts.store.agents(), parts.store.incidents(true, Integer.MAX_VALUE));
            // Listens first: an agent that was started is not left alone because nobody could ask for it.
            try (var server = ControlServer.listen(SocketPath.prepare(home.folder()));
                    var _ = Foreground.show(parts.screen, parts.journal, supervisor, parts.configuration)) {
                supervisor.begin(parts.configuration, memory);
                server.serve(methods(parts, supervisor, control));
                listen(control);
                control.runs();
                control.awaitEnd();
            }
        }
    }

    private Methods methods(Parts parts, Supervisor supervisor, Control control) {
        return new Methods(Agents.of(supervisor), parts.store, control, clocks.wall(), ZoneId.systemDefault());
    }

    private static void listen(Control control) {
        OsSignals.on(Signal.TERM, control::end);
        OsSignals.on(Signal.INT, control::end);
        OsSignals.on(Signal.HUP, control::reloadQuietly);
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

    private FileLock lock(Posix posix) throws IOException, CannotRun {
        var lock = posix.locks().tryLock(home.lock());
        if (lock.isEmpty()) {
            var pid = Files.exists(home.pid()) ? Files.readString(home.pid()).strip() : "unknown";
            throw new CannotRun(
                    CannotRun.Why.RUNS_ALREADY, "a daemon runs on " + home.folder() + " already, pid " + pid);
        }
        return lock.get();
    }

    private Store.Opened openStore() throws StoreException {
        if (SqliteNative.prepare(home.run().resolve("native")) instanceof SqliteNative.Prepared.DriversDefault usual) {
            LOG.debug("SQLite's library is where its driver puts it: {}", usual.why());
        }
        return Store.open(home.state(), clocks.wall());
    }

    private AuditTrail audit(Posix posix, Configuration configuration) {
        return AuditTrail.open(
                configuration.paths().audit(),
                clocks.wall(),
                ZoneId.systemDefault(),
                () -> posix.locks().lock(home.auditLock())::close);
    }
}
