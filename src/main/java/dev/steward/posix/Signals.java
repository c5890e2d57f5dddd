package dev.steward.posix;

import java.lang.foreign.MemorySegment;

/** kill(2), for process groups: a single process is signalled through its {@link Watched}. Thread-safe. */
public final class Signals {
    private final Libc libc;
    private final MemorySegment kill;

    Signals(Libc libc) {
        this.libc = libc;
        kill = libc.function("kill");
    }

    /**
     * Signals a process group; false if it has no member that may be signalled. Only for a group whose leader lives or is still
     * to be waited for: afterwards its number may be somebody else's.
     */
    public boolean group(long leader, Signal signal) {
        // To kill(2) these are no group, but the caller's own and everybody.
        if (leader <= 1) {
            throw new IllegalArgumentException("no process group: " + leader);
        }
        return libc.call(kill, -leader, signal.number()) == 0;
    }
}
