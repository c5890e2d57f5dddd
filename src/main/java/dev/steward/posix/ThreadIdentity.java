package dev.steward.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.Callable;

/**
 * Linux: whom the kernel takes the calling thread for when it touches files, see setfsuid(2), setfsgid(2) and setgroups(2). By the
 * bare system calls, which are for one thread: the C library's setgroups would change all.
 */
final class ThreadIdentity {
    private static final int NOBODY = -1;
    private static final int GET_DUMPABLE = 3;
    private static final int SET_DUMPABLE = 4;

    private final Libc libc;
    private final MemorySegment syscall;
    private final MemorySegment control;
    private final Numbers numbers = Numbers.current();
    private final int dumpable;
    private final ScopedValue<Account> before = ScopedValue.newInstance();

    ThreadIdentity(Libc libc) {
        this.libc = libc;
        syscall = libc.function("syscall");
        control = libc.function("prctl");
        dumpable = libc.variadic(control, GET_DUMPABLE);
    }

    /**
     * Does some work as that user.
     *
     * @throws IOException if this process may not
     * @throws LostIdentity if the thread cannot become again whom it was
     */
    <T> T as(Account user, Callable<T> work) throws Exception {
        var former = current();
        try {
            take(user);
            if (!current().hasRightsOf(user)) {
                throw new IOException("Nothing can be done as user " + user.name() + ": only root can act as another");
            }
            return ScopedValue.where(before, former).call(work::call);
        } finally {
            restore(former);
        }
    }

    /**
     * Does a part of such work as whom this thread was before, which is all that it does elsewhere.
     *
     * @throws LostIdentity if the thread cannot become either of the two
     */
    <T, X extends Exception> T asBefore(Users.Part<T, X> work) throws X {
        if (!before.isBound()) {
            return work.run();
        }
        var user = current();
        restore(before.get());
        try {
            return work.run();
        } finally {
            take(user);
            require(user);
        }
    }

    private void restore(Account former) {
        take(former);
        // The kernel forbids core dumps of a process one of whose threads has become another user.
        libc.variadic(control, SET_DUMPABLE, dumpable);
        require(former);
    }

    private void require(Account account) {
        var present = current();
        if (!present.hasRightsOf(account)) {
            throw new LostIdentity("A thread acts as " + present + ", and not as " + account + " again");
        }
    }

    /** The kernel says nothing of what it refuses here, so whoever takes must look. */
    private void take(Account account) {
        try (var arena = Arena.ofConfined()) {
            var groups = account.groups();
            var ids = arena.allocate(JAVA_INT, groups.size() + 1L);
            for (var i = 0; i < groups.size(); i++) {
                ids.setAtIndex(JAVA_INT, i, groups.get(i));
            }
            libc.call(syscall, numbers.setGroups(), groups.size(), ids.address());
            libc.call(syscall, numbers.setGroup(), account.gid());
            libc.call(syscall, numbers.setUser(), account.uid());
        }
    }

    private Account current() {
        try (var arena = Arena.ofConfined()) {
            var count = libc.call(syscall, numbers.getGroups(), 0, 0);
            var ids = arena.allocate(JAVA_INT, count);
            libc.call(syscall, numbers.getGroups(), count, ids.address());
            return new Account("", user(), group(), Account.ids(ids, count));
        }
    }

    /** To ask for what cannot be changes nothing, and gives what is. */
    int user() {
        return libc.call(syscall, numbers.setUser(), NOBODY);
    }

    private int group() {
        return libc.call(syscall, numbers.setGroup(), NOBODY);
    }

    /** The numbers of the system calls, which are older than those that all architectures share. */
    private record Numbers(int getGroups, int setGroups, int setUser, int setGroup) {
        static Numbers current() {
            return System.getProperty("os.arch").equals("aarch64")
                    ? new Numbers(158, 159, 151, 152)
                    : new Numbers(115, 116, 122, 123);
        }
    }
}
