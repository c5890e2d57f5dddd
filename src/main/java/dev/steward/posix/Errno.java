package dev.steward.posix;

/** The error numbers that are decided upon, each the same on Linux and macOS but for those that say so. See errno(3). */
final class Errno {
    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int ESRCH = 3;
    static final int EINTR = 4;
    static final int EIO = 5;
    static final int ENXIO = 6;
    static final int EBADF = 9;
    static final int ECHILD = 10;
    static final int EACCES = 13;
    static final int EBUSY = 16;
    static final int EEXIST = 17;
    static final int ENODEV = 19;
    static final int ENOTDIR = 20;
    static final int EISDIR = 21;
    static final int EINVAL = 22;
    static final int ENOTTY = 25;
    static final int ETXTBSY = 26;
    static final int EFBIG = 27;
    static final int ENOSPC = 28;
    static final int EROFS = 30;
    static final int ERANGE = 34;

    private Errno() {}

    /** EAGAIN, which flock(2) gives for a lock that somebody else holds. */
    static int again(Os os) {
        return os == Os.MACOS ? 35 : 11;
    }

    /** ELOOP, which open(2) gives for a symbolic link that is not to be followed. */
    static int loop(Os os) {
        return os == Os.MACOS ? 62 : 40;
    }

    /** EDQUOT: the user's share of the disk is full. */
    static int quota(Os os) {
        return os == Os.MACOS ? 69 : 122;
    }

    /** ENODATA on Linux, ENOATTR on macOS: there is no extended attribute of that name. */
    static int noAttribute(Os os) {
        return os == Os.MACOS ? 93 : 61;
    }

    /** ENOSYS, ENOTSUP or EOPNOTSUPP, of which the latter two are one on Linux. */
    static boolean isNotSupported(int errno, Os os) {
        return switch (os) {
            case MACOS -> errno == 78 || errno == 45 || errno == 102;
            case LINUX, OTHER -> errno == 38 || errno == 95;
        };
    }
}
