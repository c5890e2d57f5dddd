package dev.steward.posix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Linux: the folders of proc(5) whose entries are numbers, by open(2), getdents64(2) and statx(2) without a Java object for each
 * entry: a machine has thousands. For one thread.
 */
final class ProcFolders {
    /** Folders that are open at one time, one in another. */
    private static final int DEPTH = 3;

    private static final int ROOM = 16 << 10;
    private static final int LONGEST_PATH = 128;
    private static final int STATX_NLINK = 4;
    private static final int STATX_INO = 0x100;
    private static final int STATX_SIZE = 256;
    private static final int AT_FDCWD = -100;
    /** Asks nobody over a network, who may be gone. */
    private static final int AT_STATX_DONT_SYNC = 0x4000;

    private final Libc libc;
    private final MemorySegment open;
    private final MemorySegment close;
    private final MemorySegment syscall;
    private final MemorySegment statx;
    private final MemorySegment entries;
    private final MemorySegment path;
    private final MemorySegment stat;
    private final int flags = Platform.current().closeOnExec();
    private final int getEntries = SystemCall.directoryEntries();
    private int depth;

    ProcFolders(Libc libc, Arena arena) {
        this.libc = libc;
        open = libc.function("open");
        close = libc.function("close");
        syscall = libc.function("syscall");
        statx = libc.function("statx");
        entries = arena.allocate((long) DEPTH * ROOM, 8);
        path = arena.allocate(LONGEST_PATH);
        stat = arena.allocate(STATX_SIZE, 8);
    }

    /** What is done with an entry. */
    interface Entry {
        /**
         * Called while the folder is open.
         *
         * @param folder its descriptor
         * @param name where the entry's name stands in {@link #entries}
         */
        void at(int folder, long name);
    }

    /**
     * Goes through the entries of a folder whose names begin with a digit.
     *
     * @return how many there are, or the negated errno of what was refused
     */
    int each(String folder, Entry entry) {
        path.setString(0, folder);
        var descriptor = libc.variadic(open, path.address(), flags);
        if (descriptor < 0) {
            return descriptor;
        }
        var from = (long) depth++ * ROOM;
        try {
            return each(descriptor, from, entry);
        } finally {
            depth--;
            libc.call(close, descriptor);
        }
    }

    /** By struct linux_dirent64: the length of one is at 16, its name at 19. */
    private int each(int descriptor, long from, Entry entry) {
        var count = 0;
        while (true) {
            var filled = libc.call(syscall, getEntries, descriptor, entries.address() + from, ROOM);
            if (filled <= 0) {
                return filled < 0 ? filled : count;
            }
            for (var at = from; at < from + filled; at += entries.get(JAVA_SHORT, at + 16)) {
                var first = entries.get(JAVA_BYTE, at + 19);
                if (first >= '0' && first <= '9') {
                    count++;
                    entry.at(descriptor, at + 19);
                }
            }
        }
    }

    String name(long name) {
        return entries.getString(name);
    }

    /** Looks at what an entry leads to: {@link #inode} and {@link #device} tell of it until the next look. */
    boolean look(int folder, long name) {
        return libc.call(statx, folder, entries.address() + name, AT_STATX_DONT_SYNC, STATX_INO, stat.address()) == 0;
    }

    long inode() {
        return stat.get(JAVA_LONG, 32);
    }

    long device() {
        return LinuxFileCalls.device(stat.get(JAVA_INT, 136), stat.get(JAVA_INT, 140));
    }

    /** How many folders are in a folder. */
    int folders(String folder) {
        path.setString(0, folder);
        var result = libc.call(statx, AT_FDCWD, path.address(), AT_STATX_DONT_SYNC, STATX_NLINK, stat.address());
        return result == 0 ? stat.get(JAVA_INT, 16) - 2 : 0;
    }
}
