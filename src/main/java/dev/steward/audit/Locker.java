package dev.steward.audit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps other writers of the same trail out, those of other processes too. It must be {@code flock(2)}: a lock of {@code fcntl(2)}
 * would be gone as soon as anything in this process closes the file.
 */
@FunctionalInterface
public interface Locker {
    /**
     * Waits until nobody else has the lock, and takes it; closing gives it back.
     *
     * @throws IOException if it cannot be had, perhaps since somebody else has had it for too long
     */
    Closeable lock() throws IOException;

    /** Locks a file, which is made if it isn't there; its folder is. */
    @FunctionalInterface
    interface ByFile {
        /** Locks the file, without waiting; closing gives it back. Empty if somebody else has it locked. */
        Optional<Closeable> tryLock(Path file) throws IOException;
    }

    /**
     * The one of a trail, beside it: {@code .<name>.lock}. Whoever appends must take this one, since several homes may share a trail.
     *
     * @param how for example {@code lock -> locks.tryLock(lock).map(held -> held::close)}, of {@code posix.FileLocks}
     */
    static Locker beside(Path trail, ByFile how) {
        var locker = on(trail.resolveSibling("." + trail.getFileName() + ".lock"), how);
        return () -> {
            Files.createDirectories(trail.resolveSibling(""));
            return locker.lock();
        };
    }

    /** By a lock on this file, for which it waits 10 s: a process that was stopped while it had the lock must not stop all others. */
    static Locker on(Path file, ByFile how) {
        return new PatientLocker(file, how, Duration.ofSeconds(10));
    }
}
