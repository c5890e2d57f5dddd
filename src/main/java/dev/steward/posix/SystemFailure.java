package dev.steward.posix;

import java.io.IOException;
import java.nio.file.Path;

/** A system call that was refused; the message says for people on which file, what could not be done, and why. */
public final class SystemFailure extends IOException {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    SystemFailure(Path file, String what, Kind kind, String why) {
        super(file + " " + what + ": " + why);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** What errno(3) means to those who decide upon it. */
    public enum Kind {
        /** The disk or the user's share of it is full, or the file would become too large: ENOSPC, EDQUOT, EFBIG. */
        NO_SPACE,
        /** This file system or this system cannot do so at all: EOPNOTSUPP, ENOTSUP, ENOSYS, ENOTTY. */
        NOT_SUPPORTED,
        /** Not with these numbers, for example not at a block's border: EINVAL. */
        INVALID,
        /** This user may not, or nobody may: EPERM, EACCES, EROFS. */
        NOT_PERMITTED,
        /** It or a folder on the way is not there: ENOENT, ENOTDIR. */
        MISSING,
        /** It is there already: EEXIST. */
        EXISTS,
        /** It is a symbolic link: ELOOP. */
        SYMLINK,
        /** Not at this moment: EAGAIN, EBUSY, ETXTBSY, EINTR. */
        BUSY,
        /** It is a folder, a socket or a device without a driver: EISDIR, ENXIO, ENODEV. */
        NOT_A_FILE,
        /** For example EIO: the disk is broken. */
        OTHER;

        static Kind of(int errno, Os os) {
            return switch (errno) {
                case Errno.ENOSPC, Errno.EFBIG -> NO_SPACE;
                case Errno.ENOTTY -> NOT_SUPPORTED;
                case Errno.EINVAL -> INVALID;
                case Errno.EPERM, Errno.EACCES, Errno.EROFS -> NOT_PERMITTED;
                case Errno.ENOENT, Errno.ENOTDIR -> MISSING;
                case Errno.EEXIST -> EXISTS;
                case Errno.EBUSY, Errno.ETXTBSY, Errno.EINTR -> BUSY;
                case Errno.EISDIR, Errno.ENXIO, Errno.ENODEV -> NOT_A_FILE;
                default -> ofNumberedByOs(errno, os);
            };
        }

        private static Kind ofNumberedByOs(int errno, Os os) {
            if (errno == Errno.quota(os)) {
                return NO_SPACE;
            }
            if (errno == Errno.loop(os)) {
                return SYMLINK;
            }
            if (errno == Errno.again(os)) {
                return BUSY;
            }
            return Errno.isNotSupported(errno, os) ? NOT_SUPPORTED : OTHER;
        }
    }
}
