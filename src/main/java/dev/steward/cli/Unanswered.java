package dev.steward.cli;

import dev.steward.daemon.Guard;
import dev.steward.daemon.Home;
import dev.steward.posix.Posix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A daemon that lives, though its socket is gone or nobody answers there: it holds the daemon's lock. To be looked for only
 * after connecting failed, since looking takes the lock for a moment if it is free.
 *
 * @param pid as the daemon wrote it
 * @param guarded whether a guard starts it again
 */
record Unanswered(Path home, String pid, boolean guarded) {
    static Optional<Unanswered> at(Home home) throws IOException {
        if (!Files.exists(home.lock())) {
            return Optional.empty();
        }
        var lock = Posix.locksOnly().tryLock(home.lock());
        if (lock.isPresent()) {
            lock.get().close();
            return Optional.empty();
        }
        var pid = Files.exists(home.pid()) ? Files.readString(home.pid()).strip() : "unknown";
        return Optional.of(new Unanswered(home.folder(), pid, Guard.of(home).isPresent()));
    }

    String message() {
        return "a daemon runs on " + home + " (pid " + pid
                + ") and does not answer on its socket. If it is not just starting, end it with: kill -KILL "
                + pid + " (agents go on, and "
                + (guarded ? "its guard starts it again)" : "the next daemon takes them over)");
    }
}
