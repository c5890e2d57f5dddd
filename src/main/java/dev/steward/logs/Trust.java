package dev.steward.logs;

import dev.steward.posix.FileFacts;
import java.util.Optional;

/**
 * Who may have what rotated by root. In a folder that others may write to, they may put another file in the place of a log or of an
 * archive at any moment, and have root write to it. The rules are logrotate(8)'s; beyond it, a folder with the sticky bit is safe for a
 * log that its owner alone may write. Pure.
 */
final class Trust {
    private static final int ROOT = 0;
    private static final int STICKY = 01000;
    private static final int GROUP_WRITES = 0020;
    private static final int OTHERS_WRITE = 0002;

    private Trust() {}

    /**
     * Why the log must be left alone; empty if it may be rotated.
     *
     * @param user whom Steward acts as
     */
    static Optional<String> refusal(FileFacts log, FileFacts folder, int user) {
        if (log.links() > 1) {
            return Optional.of("it has " + log.links() + " names (hard links): whoever made the other one would be"
                    + " surprised. Remove that one");
        }
        if (user != ROOT || !othersWrite(folder) || isSafeIn(folder, log)) {
            return Optional.empty();
        }
        if (isSticky(folder)) {
            return Optional.of(
                    "others may write to it, and to its folder, so they could have root change what is theirs."
                            + " Have it belong to root, and nobody else write to it: chmod go-w on the log; or say whose it is by"
                            + " user: in logs.files");
        }
        return Optional.of("others may write to its folder, and could put any file in its place for root to change."
                + " Say whose log it is by user: in logs.files, or take the right away: chmod go-w on the folder");
    }

    /** Whether somebody but root and its owner may put files into a folder. */
    static boolean othersWrite(FileFacts folder) {
        return has(folder, OTHERS_WRITE) || (has(folder, GROUP_WRITES) && folder.group() != ROOT);
    }

    /** Whether only its owner may rename what is in it. */
    static boolean isSticky(FileFacts folder) {
        return has(folder, STICKY);
    }

    /** Nobody but root can rename or remove it there, nor write to it. */
    private static boolean isSafeIn(FileFacts folder, FileFacts log) {
        return isSticky(folder)
                && folder.owner() == ROOT
                && log.owner() == ROOT
                && !has(log, GROUP_WRITES | OTHERS_WRITE);
    }

    private static boolean has(FileFacts file, int bits) {
        return (file.mode() & bits) != 0;
    }
}
