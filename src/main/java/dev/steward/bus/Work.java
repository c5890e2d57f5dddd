package dev.steward.bus;

import java.time.Instant;

/**
 * The process that works on an order, by an identity that outlives pids (see {@code proc(5)}).
 *
 * @param start field 22 of {@code /proc/<pid>/stat}
 * @param boot the kernel's id of that boot
 */
public record Work(String worker, long pid, long start, String boot, Instant since) {
    /** Whether it is the same process for the same worker; of the time a part may be lost in the ledger. */
    public boolean isSame(Work other) {
        return pid == other.pid && start == other.start && boot.equals(other.boot) && worker.equals(other.worker);
    }
}
