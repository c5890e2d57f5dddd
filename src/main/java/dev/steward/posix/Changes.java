package dev.steward.posix;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * Hears of the next change of each of many files, so that those which nobody writes to need not be looked at. A change is a write, a
 * truncation, a new name, the loss of a name, or new rights; what is written through a mapping is none. Each file is told of once and
 * has to be armed again. One thread waits; everything else is for every thread.
 */
public interface Changes extends AutoCloseable {
    /**
     * Tells of that file once, when it has changed after this. Whoever arms looks at the file afterwards, and so misses nothing.
     *
     * @return false if the file is not watched and has to be looked at again and again: it is not there or may not be read, the limit
     *     of inotify(7) is reached, or this is not Linux
     */
    boolean arm(Path file);

    /** Takes back what was armed, if it was. */
    void disarm(Path file);

    /**
     * Waits until something has changed, somebody wakes it, or the time is over, and perhaps less.
     *
     * @return which files changed since they were armed; some of them perhaps did not, and those that were told of are armed no longer
     */
    Set<Path> await(Duration most);

    /** Ends the present or the next wait. */
    void wake();

    /** Lets go of all; once nobody waits. */
    @Override
    void close();
}
