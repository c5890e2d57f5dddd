package dev.steward.logs;

import dev.steward.posix.FileFacts;
import java.util.Optional;
import java.util.concurrent.Callable;

/** What is around a log: users, and other processes. */
interface Around {
    /** Whom this thread acts as, as a uid. */
    int user();

    /**
     * Does something as another user.
     *
     * @throws Exception as the work does, or if Steward cannot become that user
     */
    <T> T as(String user, Callable<T> work) throws Exception;

    /** Who has the file open for writing and does not append, for people; empty if nobody who can be seen. */
    Optional<String> whoWritesAnywhere(FileFacts file);

    /** Whether somebody who can be seen has the file open for writing. */
    boolean isWritten(FileFacts file);
}
