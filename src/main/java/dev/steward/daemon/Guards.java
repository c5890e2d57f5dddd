package dev.steward.daemon;

import dev.steward.posix.FileLock;
import dev.steward.posix.Posix;
import dev.steward.posix.SpawnFailed;
import dev.steward.posix.SpawnRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a guard for this daemon if there is none any more. The lock of {@code run/guard.lock} says whether there is one: a guard
 * inherits it. It then waits for the end of this daemon by the FIFO that this daemon holds. For one thread.
 */
final class Guards {
    private static final Logger LOG = LoggerFactory.getLogger(Guards.class);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Home home;
    private final Path config;
    private final Posix posix;
    private final Map<String, String> environment;
    private final LongSupplier nanos;
    private Duration pause = Duration.ZERO;
    private long startedNanos;
    private volatile Optional<String> problem = Optional.empty();

    /**
     * @param environment as the daemon was given it
     * @param nanos the monotonic clock
     */
    Guards(Home home, Path config, Posix posix, Map<String, String> environment, LongSupplier nanos) {
        this.home = home;
        this.config = config;
        this.posix = posix;
        this.environment = Origin.forGuard(environment);
        this.nanos = nanos;
        startedNanos = nanos.getAsLong() - SOON.toNanos();
    }

    /** Why there is no guard, for people. Any thread. */
    Optional<String> problem() {
        return problem;
    }

    /** Costs opening a file, if there is a guard. */
    void look() {
        var age = Duration.ofNanos(nanos.getAsLong() - startedNanos);
        if (age.compareTo(pause) < 0) {
            return;
        }
        try (var lock = posix.locks().tryLock(home.guardLock()).orElse(null)) {
            if (lock != null) {
                if (!isParent()) {
                    start(lock);
                }
            } else if (age.compareTo(SOON) >= 0) {
                problem = Optional.empty();
                pause = Duration.ZERO;
            }
        } catch (IOException | SpawnFailed e) {
            failed("no guard can be started, which would start this daemon again: " + e.getMessage());
        }
    }

    /** One whose lock was taken away lives nevertheless. */
    private boolean isParent() {
        return ProcessHandle.current()
                .parent()
                .filter(process -> Guard.isOne(process, home))
                .isPresent();
    }

    private void start(FileLock lock) throws SpawnFailed {
        var diedYoung = nanos.getAsLong() - startedNanos < SOON.toNanos() + pause.toNanos();
        startedNanos = nanos.getAsLong();
        if (diedYoung) {
            pause = pause.isZero() ? SOON : shorter(pause.multipliedBy(2), LONGEST_PAUSE);
            problem = Optional.of("the guard, which would start this daemon again, ends as soon as it is started; see "
                    + home.daemonLog());
        }
        var argv = Guard.argv(home, config, Optional.of(ProcessHandle.current().pid()));
        var pid = posix.spawner().spawn(new SpawnRequest(argv, environment, home.folder(), home.daemonLog(), lock));
        LOG.warn("There was no guard, which would start this daemon again; started one (pid {})", pid);
        // It is a child of this process: somebody has to take note of its end.
        Thread.ofPlatform().daemon().name("guard").start(() -> posix.poller().bury(pid));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void failed(String why) {
        if (!problem.equals(Optional.of(why))) {
            LOG.warn("{}", why);
        }
        problem = Optional.of(why);
    }
}
