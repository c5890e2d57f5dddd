package dev.steward.posix;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Where the system does not tell of changes: every file has to be looked at, and what is left is to wait. */
final class DeafChanges implements Changes {
    private final Semaphore doorbell = new Semaphore(0);

    @Override
    public boolean arm(Path file) {
        return false;
    }

    @Override
    public void disarm(Path file) {
        // Nothing ever is armed.
    }

    @Override
    public Set<Path> await(Duration most) {
        try {
            if (doorbell.tryAcquire(most.toNanos(), TimeUnit.NANOSECONDS)) {
                doorbell.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Set.of();
    }

    @Override
    public void wake() {
        doorbell.release();
    }

    @Override
    public void close() {
        // There is nothing to let go of.
    }
}
