package dev.steward.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.util.Optional;

/** System calls that older C libraries have no function for; on Linux the numbers are the same on every architecture since 5.1. */
final class SystemCall {
    private static final int PIDFD_SEND_SIGNAL = 424;
    private static final int PIDFD_OPEN = 434;
    private static final int CLOSE_RANGE = 436;

    /** Of struct pidfd_info as it was first published, and a request to read and write that many bytes. */
    private static final int INFO_SIZE = 64;

    private static final int INFO_STATUS = 60;
    private static final long INFO_EXIT = 1 << 3;
    private static final long PIDFD_GET_INFO = (3L << 30) | (INFO_SIZE << 16) | (0xff << 8) | 11;
    private static final int CLOSE_RANGE_CLOEXEC = 4;
    private static final long LAST = 0xffff_ffffL;
    private static final int SET_DESCRIPTOR_FLAGS = 2;
    private static final int CLOSE_ON_EXEC = 1;

    private SystemCall() {}

    /** pidfd_open(2): a descriptor, or a negated errno. */
    static int pidfdOpen(Libc libc, long pid) {
        return libc.call(libc.function("syscall"), PIDFD_OPEN, pid, 0);
    }

    /** pidfd_send_signal(2): reaches that process or none, whoever has its pid now. */
    static int pidfdSendSignal(Libc libc, int pidfd, int signal) {
        return libc.call(libc.function("syscall"), PIDFD_SEND_SIGNAL, pidfd, signal, 0, 0);
    }

    /**
     * How a process ended that its parent has waited for already: PIDFD_GET_INFO of ioctl_pidfd(2), from Linux 6.15 on. Empty if
     * the kernel doesn't tell.
     */
    static Optional<ExitStatus> statusAfterwards(Libc libc, int pidfd) {
        try (var arena = Arena.ofConfined()) {
            var info = arena.allocate(INFO_SIZE, 8);
            info.set(JAVA_LONG, 0, INFO_EXIT);
            var result = libc.variadic(libc.function("ioctl"), pidfd, PIDFD_GET_INFO, info.address());
            var told = result == 0 && (info.get(JAVA_LONG, 0) & INFO_EXIT) != 0;
            return told ? Optional.of(ExitStatus.ofWaitStatus(info.get(JAVA_INT, INFO_STATUS))) : Optional.empty();
        }
    }

    /** The number of rt_sigaction(2), which is older than the common numbers. */
    static int sigaction() {
        return System.getProperty("os.arch").equals("aarch64") ? 134 : 13;
    }

    /** The number of getdents64(2), which is older than the common numbers. */
    static int directoryEntries() {
        return System.getProperty("os.arch").equals("aarch64") ? 61 : 217;
    }

    /** close_range(2): marks every descriptor of this process from one on to be closed in its children. */
    static void closeOnExecFrom(Libc libc, Platform platform, int first) {
        if (platform.os() == Os.MACOS) {
            eachCloseOnExecFrom(libc, first);
            return;
        }
        var result = libc.call(libc.function("syscall"), CLOSE_RANGE, first, LAST, CLOSE_RANGE_CLOEXEC);
        if (result != 0) {
            throw new UnsupportedSystem("Descriptors cannot be kept from agents: close_range(2) says "
                    + libc.describe(-result) + ". Linux 5.11 or glibc 2.34 is needed.");
        }
    }

    /** Whether a descriptor of this process is closed in programs that it becomes or starts. One that is not open is passed over. */
    static void closeOnExec(Libc libc, int descriptor, boolean closed) {
        libc.variadic(libc.function("fcntl"), descriptor, SET_DESCRIPTOR_FLAGS, closed ? CLOSE_ON_EXEC : 0);
    }

    /** One that is not open is passed over. */
    private static void eachCloseOnExecFrom(Libc libc, int first) {
        var mark = libc.function("fcntl");
        var last = libc.call(libc.function("getdtablesize"));
        for (var descriptor = first; descriptor < last; descriptor++) {
            libc.variadic(mark, descriptor, SET_DESCRIPTOR_FLAGS, CLOSE_ON_EXEC);
        }
    }
}
