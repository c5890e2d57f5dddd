package dev.steward.posix;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Puts another program in this one's place, with execve(2): the pid, its children, its session and its folder stay. */
public final class Exec {
    private static final int LAST_SIGNAL = 64;

    /** Large enough for struct sigaction of every system; the handler comes first in each, the kernel's own included. */
    private static final int ACTION = 256;

    /** As large as the largest sigset_t. */
    private static final int SIGNAL_SET = 128;

    /** How many bytes of a signal set the kernel itself looks at. */
    private static final int KERNEL_SIGNAL_SET = 8;

    private static final long DEFAULT = 0;
    private static final long IGNORE = 1;
    private static final int FIRST_CLOSED = 3;

    private final Libc libc;
    private final Platform platform;
    private final DescriptorLimit limit;

    Exec(Libc libc, Platform platform, DescriptorLimit limit) {
        this.libc = libc;
        this.platform = platform;
        this.limit = limit;
    }

    /**
     * Becomes another program. It starts clean: no signal is blocked or ignored, no descriptor is open but 0, 1 and 2 and those that
     * are handed over, and the soft limit of open files is the user's own. Every thread of this JVM is gone from one moment to the next, without
     * shutdown hooks: what has to be written is written before. To be called by a platform thread.
     *
     * <p>If it fails, this program goes on as before, but that each of its descriptors is closed in programs that it starts.
     *
     * @param program an absolute path; {@code PATH} is not searched
     * @param argv the program's name for itself, then its arguments
     * @param environment all of it: nothing is inherited
     * @param handover its signals are ignored and blocked in the next program: so the kernel keeps one that comes until it is
     *     {@linkplain Posix#heard heard}, and a JVM leaves them alone
     * @throws IOException with what the kernel said; otherwise it does not return
     */
    public void execve(Path program, List<String> argv, Map<String, String> environment, Handover handover)
            throws IOException {
        try (var arena = Arena.ofConfined()) {
            var path = arena.allocateFrom(program.toString());
            var arguments = CStrings.array(arena, argv);
            var assignments = CStrings.array(arena, CStrings.assignments(environment));
            var mask = arena.allocate(SIGNAL_SET, 8);
            var ourMask = arena.allocate(SIGNAL_SET, 8);
            SystemCall.closeOnExecFrom(libc, platform, FIRST_CLOSED);
            handover.descriptors().forEach(descriptor -> SystemCall.closeOnExec(libc, descriptor, false));
            var ignored = ignored(arena);
            ignored.forEach(signal -> dispose(arena, signal, DEFAULT));
            handover.signals().forEach(signal -> SignalMask.add(mask, signal));
            var setMask = libc.function("pthread_sigmask");
            libc.call(setMask, platform.setMask(), mask.address(), ourMask.address());
            var handlers = handover.signals().stream()
                    .map(signal -> exchange(arena, signal.number(), IGNORE))
                    .toList();
            var call = libc.function("execve");
            var error = limit.asTheUserHadIt(
                    () -> libc.call(call, path.address(), arguments.address(), assignments.address()));
            for (var i = 0; i < handlers.size(); i++) {
                disposition(handover.signals().get(i).number(), handlers.get(i), MemorySegment.NULL);
            }
            libc.call(setMask, platform.setMask(), ourMask.address(), 0);
            handover.descriptors().forEach(descriptor -> SystemCall.closeOnExec(libc, descriptor, true));
            ignored.forEach(signal -> dispose(arena, signal, IGNORE));
            throw new IOException(program + " cannot be executed: " + libc.describe(-error));
        }
    }

    /** Those with a handler are left alone: the JVM needs them to the last, and the kernel forgets them with the program. */
    private List<Integer> ignored(Arena arena) {
        var found = new ArrayList<Integer>();
        var action = arena.allocate(ACTION, 8);
        for (var signal = 1; signal <= LAST_SIGNAL; signal++) {
            if (disposition(signal, MemorySegment.NULL, action) == 0 && action.get(JAVA_LONG, 0) == IGNORE) {
                found.add(signal);
            }
        }
        return found;
    }

    private void dispose(Arena arena, int signal, long handler) {
        exchange(arena, signal, handler);
    }

    /** Sets what a signal does, and gives what it did. */
    private MemorySegment exchange(Arena arena, int signal, long handler) {
        var action = arena.allocate(ACTION, 8);
        action.set(JAVA_LONG, 0, handler);
        var before = arena.allocate(ACTION, 8);
        disposition(signal, action, before);
        return before;
    }

    /** Signals are no longer ignored; one that waits goes on waiting until it is let in. */
    void reset(List<Signal> signals) {
        try (var arena = Arena.ofConfined()) {
            signals.forEach(signal -> dispose(arena, signal.number(), DEFAULT));
        }
    }

    /** Lets signals in that waited: on this thread. */
    void letIn(List<Signal> signals) {
        try (var arena = Arena.ofConfined()) {
            var mask = arena.allocate(SIGNAL_SET, 8);
            signals.forEach(signal -> SignalMask.add(mask, signal));
            // SIG_UNBLOCK: one less than SIG_SETMASK, on Linux and macOS.
            libc.call(libc.function("pthread_sigmask"), platform.setMask() - 1, mask.address(), 0);
        }
    }

    /** sigaction(2), on Linux by the kernel: the C library denies that it has two signals of its own. */
    private int disposition(int signal, MemorySegment now, MemorySegment before) {
        return switch (platform.os()) {
            case LINUX ->
                libc.call(
                        libc.function("syscall"),
                        SystemCall.sigaction(),
                        signal,
                        now.address(),
                        before.address(),
                        KERNEL_SIGNAL_SET);
            case MACOS, OTHER -> libc.call(libc.function("sigaction"), signal, now.address(), before.address());
        };
    }
}
