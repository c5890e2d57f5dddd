package dev.steward.cli;

import dev.steward.config.AgentEnvironment;
import dev.steward.config.ConfigException;
import dev.steward.control.ControlClient;
import dev.steward.control.ControlException;
import dev.steward.daemon.Guard;
import dev.steward.daemon.Home;
import dev.steward.daemon.Program;
import dev.steward.posix.ExitStatus;
import dev.steward.posix.FileLock;
import dev.steward.posix.Posix;
import dev.steward.posix.SpawnFailed;
import dev.steward.posix.SpawnRequest;
import dev.steward.posix.Watched;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;

/**
 * Starts a guard in a session of its own, which starts the daemon, and waits until that answers. The guard inherits the lock of {@code
 * run/guard.lock}: who else wants to start one meanwhile waits for this one.
 */
final class Detached {
    private static final int LOOK_EVERY_MS = 20;
    private static final int LOOKS = 60_000 / LOOK_EVERY_MS;
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Root root;
    private final Home home;

    Detached(Root root) throws Failure {
        this.root = root;
        this.home = root.home();
    }

    /** Returns nothing once it answers, or the exit status with which it ended before, its reason having been told. */
    Optional<Integer> start() throws Failure, ControlException, InterruptedException {
        try (var posix = Posix.forSupervisor()) {
            prepare();
            var lock = lockOrReady(posix);
            if (lock.isEmpty()) {
                return Optional.empty();
            }
            try (var life = lock.get()) {
                var log = DaemonLog.at(home.daemonLog());
                // Absolute paths: it starts in the home, so that it holds no other folder.
                var argv = Guard.argv(home, root.configFile(), Optional.empty());
                var pid = posix.spawner()
                        .spawn(new SpawnRequest(argv, environment(), home.folder(), home.daemonLog(), life));
                try (var guard = posix.poller().child(pid)) {
                    return await(guard, posix, log);
                }
            }
        } catch (IOException e) {
            throw new Failure(Exit.CANNOT_CREATE, "the daemon cannot be started: " + e.getMessage());
        } catch (SpawnFailed e) {
            throw new Failure(Exit.UNAVAILABLE, Program.launcher() + " cannot be started: " + e.getMessage());
        }
    }

    private void prepare() throws IOException {
        Files.createDirectories(home.run());
        Files.createDirectories(home.logs());
    }

    private Optional<Integer> await(Watched guard, Posix posix, DaemonLog log)
            throws Failure, ControlException, IOException {
        var until = root.caller().clock().instant().plus(LONGEST);
        for (var i = 0; i < LOOKS && root.caller().clock().instant().isBefore(until); i++) {
            if (isReady()) {
                return Optional.empty();
            }
            posix.poller().await(LOOK_EVERY_MS);
            // It ends as the daemon did that could not start.
            var ended = guard.ended();
            if (ended.isPresent()) {
                return Optional.of(told(ended.get(), log));
            }
        }
        throw new Failure(
                Exit.TRY_LATER,
                "the daemon is not ready, and its guard (pid " + guard.pid() + ") goes on trying; see "
                        + home.daemonLog());
    }

    private int told(ExitStatus ended, DaemonLog log) throws IOException {
        root.caller().say("the daemon did not start (" + ended + "):");
        root.caller().terminal().err().print(log.since());
        if (!ended.equals(new ExitStatus.Exited(Exit.TRY_LATER))) {
            root.caller().say("nothing tries again by itself. Once that is mended: " + root.again("up --detach"));
        }
        return ended instanceof ExitStatus.Exited(var status) && status != 0 ? status : Exit.INTERNAL;
    }

    /** The right to start one; nothing if somebody else did, and it answers. One that just ends has the lock for a moment yet. */
    private Optional<FileLock> lockOrReady(Posix posix)
            throws Failure, ControlException, InterruptedException, IOException {
        var until = root.caller().clock().instant().plus(LONGEST);
        for (var i = 0; i < LOOKS; i++) {
            var lock = posix.locks().tryLock(home.guardLock());
            if (lock.isPresent() || isReady()) {
                return lock;
            }
            endIfItPauses();
            if (i == 0) {
                var guard = Guard.of(home).flatMap(Guard::pid);
                root.caller()
                        .say("there is a guard"
                                + guard.map(pid -> " (pid " + pid + ")").orElse("")
                                + " already: waiting until its daemon answers, or it has ended");
            }
            if (root.caller().clock().instant().isAfter(until)) {
                break;
            }
            root.caller().pause().of(Duration.ofMillis(LOOK_EVERY_MS));
        }
        throw new Failure(Exit.TRY_LATER, "another daemon is there, and does not answer; see " + home.daemonLog());
    }

    /** A guard that waits for its next try gives way to one that tries at once; not for nothing, since nobody would try again then. */
    private void endIfItPauses() throws Failure, IOException {
        var guard = Guard.of(home);
        var next = guard.flatMap(Guard::next);
        if (next.isPresent()) {
            refuseIfNothingCanStart(TIME.format(next.get().atZone(Caller.zone())));
            guard.get().end();
        }
    }

    /** Where agents live, a daemon starts whatever became of the file. */
    private void refuseIfNothingCanStart(String next) throws Failure, IOException {
        if (!Survivors.of(home).isEmpty()) {
            return;
        }
        try {
            Program.loader(environment()).load(root.configFile());
        } catch (ConfigException e) {
            throw new Failure(
                    Exit.CONFIGURATION,
                    "the configuration is refused, and nothing runs:\n" + e.getMessage()
                            + "\nThe guard goes on trying, next at " + next + ". To try at once, mend the file, then: "
                            + root.again("up --detach"));
        }
    }

    /** The daemon is nobody's agent, and no service manager's, whoever started it. */
    private Map<String, String> environment() {
        return AgentEnvironment.inheritable(root.caller().environment());
    }

    private boolean isReady() throws ControlException {
        try (var client = ControlClient.connect(home.folder()).within(PATIENCE)) {
            return Ping.ask(client).serves();
        } catch (ControlException e) {
            if (e.isUnanswered()) {
                return false;
            }
            throw e;
        }
    }
}
