package dev.steward.posix;

import java.util.Optional;

/**
 * A process that is held by identity: whatever happens to its pid, this speaks of that process alone. To be used by one
 * thread, and closed when its end has been taken.
 */
public interface Watched extends AutoCloseable {
    long pid();

    /** Sends a signal; false if the process has ended, or may not be signalled. */
    boolean signal(Signal signal);

    /** Whether its pid is still its own: it lives, or has not been buried yet. */
    boolean alive();

    /**
     * How it ended, and buries it if it is a child of this process; empty while it lives. For somebody else's child that is
     * gone the answer is {@link ExitStatus.Unknown} unless the kernel tells.
     */
    Optional<ExitStatus> ended();

    @Override
    void close();
}
