package dev.steward.posix;

import java.util.List;
import java.util.Optional;

/** Waits for the ends of processes. One thread watches and waits; {@link #wake} is for every thread. */
public interface Poller extends AutoCloseable {
    /** Watches a child that has just been spawned; its pid is its own until its end is taken. */
    Watched child(long pid);

    /** Waits for the end of a child that nobody watches: one that was killed, since it cannot be watched. */
    void bury(long pid);

    /** Watches any process by identity; empty if it has ended, or its pid belongs to somebody else now. */
    Optional<Watched> adopt(Identity identity);

    /**
     * Waits until a watched process ends, somebody wakes this thread, or the time is over.
     *
     * @param millis 0 only looks, −1 waits for ever
     * @return the processes that ended
     */
    List<Watched> await(int millis);

    /** Makes the present or the next wait return at once. */
    void wake();

    @Override
    void close();
}
