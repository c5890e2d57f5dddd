package dev.steward.audit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps other writers of the same trail out, those of other processes too. It must be {@code flock(2)}: a lock of {@code fcntl(2)}
 * would be gone as soon as anything in this process closes the file.
 */
@FunctionalInterface
public interface Locker {
    /** Waits until nobody else has the lock, and takes it; closing gives it back. */
    Closeable lock() throws IOException;

    /** Locks a file, which is made if it isn't there; its folder is. */
    @FunctionalInterface
    interface ByFile {
        /** Waits until nobody else has the file locked, and locks it; closing gives it back. */
        Closeable lock(Path file) throws IOException;
    }

    /**
     * The one of a trail, beside it: {@code .<name>.lock}. Whoever appends must take this one, since several homes may share a trail.
     *
     * @param how for example {@code lock -> locks.lock(lock)::close}, of {@code posix.FileLocks}
     */
    static Locker beside(Path trail, ByFile how) {
        var lock = trail.resolveSibling("." + trail.getFileName() + ".lock");
        return () -> {
            Files.createDirectories(lock.resolveSibling(""));
            return how.lock(lock);
        };
    }
}
