package dev.steward.posix;

/** The error numbers that are decided upon, each the same on Linux and macOS but for those that say so. See errno(3). */
final class Errno {
    static final int EPERM = 1;
    static final int EINTR = 4;
    static final int ESRCH = 3;
    static final int ECHILD = 10;
    static final int EEXIST = 17;

    private Errno() {}

    /** EAGAIN, which flock(2) gives for a lock that somebody else holds. */
    static int again(Os os) {
        return os == Os.MACOS ? 35 : 11;
    }
}
