package dev.steward.posix;

/** System calls that older C libraries have no function for; on Linux the numbers are the same on every architecture since 5.1. */
final class SystemCall {
    private static final int PIDFD_SEND_SIGNAL = 424;
    private static final int PIDFD_OPEN = 434;
    private static final int CLOSE_RANGE = 436;
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

    /** The number of rt_sigaction(2), which is older than the common numbers. */
    static int sigaction() {
        return System.getProperty("os.arch").equals("aarch64") ? 134 : 13;
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
