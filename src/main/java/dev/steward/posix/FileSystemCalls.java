package dev.steward.posix;

import java.lang.foreign.MemorySegment;

/** What Linux and macOS do with open files by different calls. Each failure is a negated errno. Thread-safe. */
sealed interface FileSystemCalls permits LinuxFileCalls, MacFileCalls {
    static FileSystemCalls of(Libc libc, Os os) {
        return switch (os) {
            case LINUX -> new LinuxFileCalls(libc);
            case MACOS -> new MacFileCalls(libc);
            case OTHER -> throw new UnsupportedSystem("Steward runs on Linux and macOS.");
        };
    }

    /** The flag that makes no terminal this process's own. */
    int noTerminal();

    /** The flag that refuses what is there already. */
    int exclusive();

    /** How much memory {@link #facts(int, MemorySegment)} fills. */
    int factsSize();

    int facts(int descriptor, MemorySegment into);

    /** The same of what has that name, which is a link itself if it is one. */
    int facts(MemorySegment path, MemorySegment into);

    FileFacts read(MemorySegment facts);

    int punch(int descriptor, long from, long length);

    int collapse(int descriptor, long from, long length);

    long nextData(int descriptor, long at);

    long nextHole(int descriptor, long at);

    /** A hint, which fails without consequence. */
    void startWriteback(int descriptor, long from, long count);

    /** To the disk itself, not to its cache. */
    int sync(int descriptor);

    int syncData(int descriptor);

    /** What tells futimens(2) to leave a time as it is, in the place of the nanoseconds. */
    long leaveTime();
}
