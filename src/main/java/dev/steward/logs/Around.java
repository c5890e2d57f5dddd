package dev.steward.logs;

import dev.steward.posix.FileFacts;
import dev.steward.posix.Users;
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

    /** The same for a user by its uid. */
    <T> T as(int uid, Callable<T> work) throws Exception;

    /**
     * Does a part of that as Steward itself: what needs its rights, or starts a process.
     *
     * @throws X as the part does
     */
    <T, X extends Exception> T asItself(Users.Part<T, X> part) throws X;

    /** Who has the file open for writing and does not append, for people; empty if nobody who can be seen. */
    Optional<String> whoWritesAnywhere(FileFacts file);

    /** Whether somebody who can be seen has the file open for writing. */
    boolean isWritten(FileFacts file);

    /** Whether it is certain that nobody has: where not every process can be seen, it never is. */
    boolean isSurelyUnwritten(FileFacts file);
}
