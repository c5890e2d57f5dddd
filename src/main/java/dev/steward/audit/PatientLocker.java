package dev.steward.audit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks for a lock again and again, soon at first. The kernel would wait for it, but without an end.
 *
 * @param patience after so much waiting it is given up
 */
record PatientLocker(Path file, ByFile how, Duration patience) implements Locker {
    private static final long FIRST_PAUSE = Duration.ofNanos(50_000).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofMillis(5).toNanos();

    @Override
    public Closeable lock() throws IOException {
        var isInterrupted = false;
        try {
            var pause = FIRST_PAUSE;
            for (var left = patience.toNanos(); left > 0; left -= pause) {
                var lock = how.tryLock(file);
                if (lock.isPresent()) {
                    return lock.get();
                }
                // Else no pause would be one.
                isInterrupted |= Thread.interrupted();
                LockSupport.parkNanos(pause);
                pause = Math.min(2 * pause, LONGEST_PAUSE);
            }
            throw new IOException(
                    "another process has had " + file + " locked for " + patience.toSeconds() + " s: fuser " + file);
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
