package dev.steward.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/** The users of this machine, from wherever nsswitch.conf(5) has them: getpwnam_r(3) and getgrouplist(3). Thread-safe. */
final class Accounts {
    /** Of struct passwd; that of macOS is longer, and the first fields are the same. */
    private static final int PASSWD_SIZE = 128;

    private static final int UID = 16;
    private static final int GID = 20;
    private static final long MOST_TEXT = 1 << 20;
    /** NGROUPS_MAX of Linux. */
    private static final int MOST_GROUPS = 65_536;

    private final Libc libc;
    private final MemorySegment byName;
    private final MemorySegment byNumber;
    private final MemorySegment groups;
    private final MemorySegment effective;

    Accounts(Libc libc) {
        this.libc = libc;
        byName = libc.function("getpwnam_r");
        byNumber = libc.function("getpwuid_r");
        groups = libc.function("getgrouplist");
        effective = libc.function("geteuid");
    }

    /** Whether this process acts as that user already. */
    boolean isSelf(Account account) {
        return self() == account.uid();
    }

    /** Whom this process acts as. */
    int self() {
        return libc.call(effective);
    }

    /**
     * The user of that name.
     *
     * @throws IOException if it cannot be found out, for example because a server does not answer
     */
    Optional<Account> find(String name) throws IOException {
        try (var arena = Arena.ofConfined()) {
            var called = arena.allocateFrom(name);
            var entry = arena.allocate(PASSWD_SIZE, 8);
            if (!read(arena, byName, called.address(), name, entry)) {
                return Optional.empty();
            }
            var gid = entry.get(JAVA_INT, GID);
            return Optional.of(new Account(name, entry.get(JAVA_INT, UID), gid, groups(arena, called, gid)));
        }
    }

    /**
     * The user of that number; one without a name has a group of the same number.
     *
     * @throws IOException if it cannot be found out
     */
    Account find(int uid) throws IOException {
        var told = "of number " + uid;
        try (var arena = Arena.ofConfined()) {
            var entry = arena.allocate(PASSWD_SIZE, 8);
            if (!read(arena, byNumber, uid, told, entry)) {
                return new Account(told, uid, uid, List.of(uid));
            }
            // The text that it points to went with the buffer; so the groups of that number's main group alone.
            var gid = entry.get(JAVA_INT, GID);
            return new Account(told, uid, gid, List.of(gid));
        }
    }

    private boolean read(Arena arena, MemorySegment function, long key, String name, MemorySegment entry)
            throws IOException {
        var found = arena.allocate(ADDRESS);
        for (var room = 4096L; room <= MOST_TEXT; room *= 4) {
            var text = arena.allocate(room);
            var result = libc.call(function, key, entry.address(), text.address(), room, found.address());
            switch (result) {
                case 0 -> {
                    return found.get(ADDRESS, 0).address() != 0;
                }
                // As systems say that there is none, by the words of getpwnam_r(3).
                case Errno.ENOENT, Errno.ESRCH, Errno.EBADF, Errno.EPERM -> {
                    return false;
                }
                case Errno.EINTR -> room /= 4;
                case Errno.ERANGE -> {}
                default -> throw failure(name, libc.describe(result));
            }
        }
        throw failure(name, "the entry is too long");
    }

    private static IOException failure(String name, String why) {
        return new IOException("User " + name + " cannot be looked up: " + why);
    }

    private List<Integer> groups(Arena arena, MemorySegment name, int gid) {
        var count = arena.allocate(JAVA_INT);
        for (var room = 64; ; room *= 4) {
            var ids = arena.allocate(JAVA_INT, room);
            count.set(JAVA_INT, 0, room);
            if (libc.call(groups, name.address(), gid, ids.address(), count.address()) >= 0 || room >= MOST_GROUPS) {
                return Account.ids(ids, Math.min(room, count.get(JAVA_INT, 0)));
            }
        }
    }
}
