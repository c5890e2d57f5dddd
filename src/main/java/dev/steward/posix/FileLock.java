package dev.steward.posix;

/**
 * A held flock(2) lock. It belongs to the open file, not to the process: a child that inherits the descriptor holds it too,
 * and the kernel releases it when the last of them has closed it or ended.
 */
public final class FileLock implements AutoCloseable {
    private final FileLocks files;
    private final int descriptor;
    private boolean open = true;

    FileLock(FileLocks files, int descriptor) {
        this.files = files;
        this.descriptor = descriptor;
    }

    int descriptor() {
        return descriptor;
    }

    /** Closes this process's descriptor; the lock is free once nobody else holds the same open file. */
    @Override
    public void close() {
        if (open) {
            open = false;
            files.close(descriptor);
        }
    }
}
