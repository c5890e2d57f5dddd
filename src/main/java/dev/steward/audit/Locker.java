package dev.steward.audit;

import java.io.Closeable;
import java.io.IOException;

/**
 * Keeps other writers of the same trail out, those of other processes too. It must be {@code flock(2)}: a lock of {@code fcntl(2)}
 * would be gone as soon as anything in this process closes the file.
 */
@FunctionalInterface
public interface Locker {
    /** Waits until nobody else has the lock, and takes it; closing gives it back. */
    Closeable lock() throws IOException;
}
