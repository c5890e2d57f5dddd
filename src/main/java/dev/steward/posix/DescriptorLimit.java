package dev.steward.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.IntSupplier;

/**
 * The soft limit of open files. The daemon needs a descriptor for each agent and takes what the hard limit allows; agents
 * get the limit that the user had. The limit can only be set for the whole process, so it is lowered for the moment of the
 * spawn: descriptors that the daemon keeps are moved above the user's limit ({@link #keep}), and so the low numbers stay
 * free for what other threads open meanwhile.
 */
final class DescriptorLimit {
    /** More than any node needs; a hard limit of a billion would cost memory in programs that size tables by it. */
    private static final long ENOUGH = 65_536;

    private final Libc libc;
    private final Platform platform;
    private final MemorySegment set;
    private final MemorySegment duplicate;
    private final MemorySegment close;
    private final MemorySegment users;
    private final MemorySegment ours;

    DescriptorLimit(Libc libc, Platform platform) {
        this.libc = libc;
        this.platform = platform;
        set = libc.function("setrlimit");
        duplicate = libc.function("fcntl");
        close = libc.function("close");
        users = Arena.global().allocate(ValueLayout.JAVA_LONG, 2);
        ours = Arena.global().allocate(ValueLayout.JAVA_LONG, 2);
        libc.call(libc.function("getrlimit"), platform.limitOpenFiles(), users.address());
        ours.copyFrom(users);
    }

    private long soft() {
        return users.getAtIndex(ValueLayout.JAVA_LONG, 0);
    }

    private boolean raised() {
        return ours.getAtIndex(ValueLayout.JAVA_LONG, 0) != soft();
    }

    /** Takes what the hard limit allows. A refusal is no fault: there are fewer agents then. */
    void raise() {
        var hard = users.getAtIndex(ValueLayout.JAVA_LONG, 1);
        var wanted = hard < 0 ? ENOUGH : Math.min(hard, ENOUGH);
        if (soft() < 0 || wanted <= soft()) {
            return;
        }
        ours.setAtIndex(ValueLayout.JAVA_LONG, 0, wanted);
        if (libc.call(set, platform.limitOpenFiles(), ours.address()) != 0) {
            ours.copyFrom(users);
        }
    }

    /** Does something under the user's own limit. */
    synchronized int asTheUserHadIt(IntSupplier action) {
        if (!raised()) {
            return action.getAsInt();
        }
        libc.call(set, platform.limitOpenFiles(), users.address());
        try {
            return action.getAsInt();
        } finally {
            libc.call(set, platform.limitOpenFiles(), ours.address());
        }
    }

    /** The same open file under a number above the user's limit, where there is one. */
    int keep(int descriptor) {
        if (!raised() || descriptor < 0) {
            return descriptor;
        }
        var high = libc.variadic(duplicate, descriptor, platform.duplicateCloseOnExec(), soft());
        if (high < 0) {
            return descriptor;
        }
        libc.call(close, descriptor);
        return high;
    }
}
