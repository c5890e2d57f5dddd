package dev.steward.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** macOS: fstat(2) with 64-bit inodes, fcntl(2) with F_PUNCHHOLE and F_FULLFSYNC; structures and numbers of the SDK's headers. */
final class MacFileCalls implements FileSystemCalls {
    private static final int NOT_SUPPORTED = 45;
    private static final int FULL_SYNC = 51;
    private static final int PUNCH_HOLE = 99;
    private static final int SEEK_HOLE = 3;
    private static final int SEEK_DATA = 4;

    private final Libc libc;
    private final MemorySegment fstat;
    private final MemorySegment lstat;
    private final MemorySegment control;
    private final MemorySegment lseek;
    private final MemorySegment fsync;

    MacFileCalls(Libc libc) {
        this.libc = libc;
        // On x86-64 the plain names are those of the time before 64-bit inodes.
        fstat = libc.find("fstat$INODE64").orElseGet(() -> libc.function("fstat"));
        lstat = libc.find("lstat$INODE64").orElseGet(() -> libc.function("lstat"));
        control = libc.function("fcntl");
        lseek = libc.function("lseek");
        fsync = libc.function("fsync");
    }

    @Override
    public int noTerminal() {
        return 0x20000;
    }

    @Override
    public int exclusive() {
        return 0x800;
    }

    @Override
    public int factsSize() {
        return 144;
    }

    @Override
    public int facts(int descriptor, MemorySegment into) {
        return libc.call(fstat, descriptor, into.address());
    }

    @Override
    public int facts(MemorySegment path, MemorySegment into) {
        return libc.call(lstat, path.address(), into.address());
    }

    @Override
    public FileFacts read(MemorySegment stat) {
        var mode = stat.get(JAVA_SHORT, 4);
        return new FileFacts(
                stat.get(JAVA_INT, 0),
                stat.get(JAVA_LONG, 8),
                nanos(stat, 80),
                nanos(stat, 48),
                FileFacts.permissions(mode),
                stat.get(JAVA_INT, 16),
                stat.get(JAVA_INT, 20),
                Short.toUnsignedLong(stat.get(JAVA_SHORT, 6)),
                stat.get(JAVA_LONG, 96),
                stat.get(JAVA_INT, 112),
                stat.get(JAVA_LONG, 104),
                FileFacts.isRegular(mode),
                FileFacts.isDirectory(mode));
    }

    private static long nanos(MemorySegment stat, int offset) {
        return stat.get(JAVA_LONG, offset) * 1_000_000_000 + stat.get(JAVA_LONG, offset + 8);
    }

    /** By struct fpunchhole: two words of 32 bits that are 0, where from, and how long. */
    @Override
    public int punch(int descriptor, long from, long length) {
        try (var arena = Arena.ofConfined()) {
            var hole = arena.allocate(24, 8);
            hole.set(JAVA_LONG, 8, from);
            hole.set(JAVA_LONG, 16, length);
            return libc.variadic(control, descriptor, PUNCH_HOLE, hole.address());
        }
    }

    @Override
    public int collapse(int descriptor, long from, long length) {
        return -NOT_SUPPORTED;
    }

    @Override
    public long nextData(int descriptor, long at) {
        return libc.callLong(lseek, descriptor, at, SEEK_DATA);
    }

    @Override
    public long nextHole(int descriptor, long at) {
        return libc.callLong(lseek, descriptor, at, SEEK_HOLE);
    }

    @Override
    public void startWriteback(int descriptor, long from, long count) {
        // There is no such call; the kernel begins when it likes.
    }

    /** Not every file system has the better one. */
    @Override
    public int sync(int descriptor) {
        var result = libc.variadic(control, descriptor, FULL_SYNC);
        return result < 0 && result != -Errno.EINTR ? libc.call(fsync, descriptor) : result;
    }

    @Override
    public int syncData(int descriptor) {
        return sync(descriptor);
    }

    @Override
    public long leaveTime() {
        return -2;
    }
}
