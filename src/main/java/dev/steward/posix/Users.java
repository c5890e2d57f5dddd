package dev.steward.posix;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Has a thread touch files as another user would: who may do what, and whose a new file is, goes by that user, its group and its
 * further groups. Users may come from anywhere that the system knows, for example LDAP. Thread-safe.
 */
public final class Users {
    private final Accounts accounts;
    private final Optional<ThreadIdentity> identity;

    /** A part of what is done as a user. */
    public interface Part<T, X extends Exception> {
        T run() throws X;
    }

    Users(Libc libc, Os os) {
        accounts = new Accounts(libc);
        identity = os == Os.LINUX ? Optional.of(new ThreadIdentity(libc)) : Optional.empty();
    }

    /**
     * Does some work with that user's rights on files, by setfsuid(2), and takes the former rights again, however the work ends. Other
     * threads are as they were. A thread or a process that the work starts would keep the user's rights for good, so it must start
     * none but in {@link #asBefore}, nor wake a virtual thread; and a class that is loaded meanwhile is read with the user's rights.
     *
     * @return what the work gives
     * @throws IOException if there is no such user, or this process may not act as another: it is not root, or not on Linux
     * @throws IllegalStateException on a virtual thread, which may move on to another thread of the system
     * @throws LostIdentity if the thread cannot take its former rights again
     * @throws Exception what the work throws
     */
    public <T> T as(String user, Callable<T> work) throws Exception {
        return as(
                accounts.find(user).orElseThrow(() -> new IOException("There is no user " + user + " on this machine")),
                work);
    }

    /** The same for the user of that number, with its main group alone. */
    public <T> T as(int uid, Callable<T> work) throws Exception {
        return as(accounts.find(uid), work);
    }

    private <T> T as(Account account, Callable<T> work) throws Exception {
        if (Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("A virtual thread cannot act as another user");
        }
        if (accounts.isSelf(account)) {
            return work.call();
        }
        return identity.orElseThrow(() -> new IOException("Nothing can be done as user " + account.name()
                        + ": this system cannot change the user of one thread"))
                .as(account, work);
    }

    /**
     * Does a part of such work with the rights that the thread had before, and then goes on as that user; elsewhere, just does it. Here
     * a process may be started.
     *
     * @return what the part gives
     * @throws LostIdentity if the thread cannot take either rights again
     * @throws X what the part throws
     */
    public <T, X extends Exception> T asBefore(Part<T, X> part) throws X {
        return identity.isPresent() ? identity.get().asBefore(part) : part.run();
    }

    /** Whom this thread touches files as, as a uid. */
    public int present() {
        return identity.map(ThreadIdentity::user).orElseGet(accounts::self);
    }
}
