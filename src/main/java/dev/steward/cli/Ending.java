package dev.steward.cli;

import dev.steward.control.ControlClient;
import dev.steward.control.ControlException;
import dev.steward.daemon.Guard;
import dev.steward.posix.Posix;
import java.io.IOException;
import java.time.Duration;

/** Waits until a daemon that was asked to go is gone, and its guard with it. */
final class Ending {
    private static final Duration EVERY = Duration.ofMillis(50);
    private static final int LOOKS = 200;
    private static final int LOOKS_FOR_A_GUARD = 40;

    private final Root root;

    Ending(Root root) {
        this.root = root;
    }

    /** @throws Failure if it is still there after ten seconds */
    void await() throws Failure, IOException, InterruptedException {
        for (var i = 0; i < LOOKS; i++) {
            if (isGone() && lockIsFree()) {
                awaitGuard();
                return;
            }
            root.caller().pause().of(EVERY);
        }
        throw new Failure(Exit.TRY_LATER, "its agents are down, but the daemon is still there");
    }

    /** A guard ends by itself with its daemon. One that does not would start the daemon again. */
    void awaitGuard() throws Failure, IOException, InterruptedException {
        for (var i = 0; Guard.of(root.home()).isPresent() && i < 2 * LOOKS_FOR_A_GUARD; i++) {
            if (i == LOOKS_FOR_A_GUARD) {
                endGuard();
            }
            root.caller().pause().of(EVERY);
        }
    }

    private void endGuard() throws Failure, IOException {
        Guard.of(root.home()).ifPresent(Guard::end);
    }

    /** The last that a daemon lets go of: whoever starts the next one now is not refused. */
    private boolean lockIsFree() throws Failure, IOException {
        try (var lock = Posix.locksOnly().tryLock(root.home().lock()).orElse(null)) {
            return lock != null;
        }
    }

    private boolean isGone() throws Failure {
        try (var client = ControlClient.connect(root.home().folder()).within(Duration.ofSeconds(1))) {
            Ping.ask(client);
            return false;
        } catch (ControlException e) {
            return e.isUnanswered();
        }
    }
}
