package dev.steward.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Linux: statx(2), fallocate(2), lseek(2), sync_file_range(2); structures and numbers of the kernel's own headers. */
final class LinuxFileCalls implements FileSystemCalls {
    private static final int AT_FDCWD = -100;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int STATX_BASIC_STATS = 0x7ff;
    private static final int STATX_BTIME = 0x800;
    private static final int KEEP_SIZE = 1;
    private static final int PUNCH_HOLE = 2;
    private static final int COLLAPSE_RANGE = 8;
    private static final int SEEK_DATA = 3;
    private static final int SEEK_HOLE = 4;
    private static final int SYNC_FILE_RANGE_WRITE = 2;

    private final Libc libc;
    private final MemorySegment nameless = Arena.ofAuto().allocateFrom("");
    private final MemorySegment statx;
    private final MemorySegment fallocate;
    private final MemorySegment lseek;
    private final MemorySegment syncRange;
    private final MemorySegment fsync;
    private final MemorySegment fdatasync;

    LinuxFileCalls(Libc libc) {
        this.libc = libc;
        statx = libc.function("statx");
        fallocate = libc.function("fallocate");
        lseek = libc.function("lseek");
        syncRange = libc.function("sync_file_range");
        fsync = libc.function("fsync");
        fdatasync = libc.function("fdatasync");
    }

    @Override
    public int noTerminal() {
        return 0400;
    }

    @Override
    public int exclusive() {
        return 0200;
    }

    @Override
    public int factsSize() {
        return 256;
    }

    @Override
    public int facts(int descriptor, MemorySegment into) {
        return facts(descriptor, nameless, AT_EMPTY_PATH, into);
    }

    @Override
    public int facts(MemorySegment path, MemorySegment into) {
        return facts(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, into);
    }

    private int facts(int folder, MemorySegment path, int flags, MemorySegment into) {
        return libc.call(statx, folder, path.address(), flags, STATX_BASIC_STATS | STATX_BTIME, into.address());
    }

    @Override
    public FileFacts read(MemorySegment statx) {
        var mode = statx.get(JAVA_SHORT, 28);
        var knowsBirth = (statx.get(JAVA_INT, 0) & STATX_BTIME) != 0;
        return new FileFacts(
                device(statx.get(JAVA_INT, 136), statx.get(JAVA_INT, 140)),
                statx.get(JAVA_LONG, 32),
                knowsBirth ? nanos(statx, 80) : 0,
                nanos(statx, 112),
                FileFacts.permissions(mode),
                statx.get(JAVA_INT, 20),
                statx.get(JAVA_INT, 24),
                Integer.toUnsignedLong(statx.get(JAVA_INT, 16)),
                statx.get(JAVA_LONG, 40),
                statx.get(JAVA_INT, 4),
                statx.get(JAVA_LONG, 48),
                FileFacts.isRegular(mode),
                FileFacts.isDirectory(mode));
    }

    private static long nanos(MemorySegment statx, int offset) {
        return statx.get(JAVA_LONG, offset) * 1_000_000_000 + statx.get(JAVA_INT, offset + 8);
    }

    /** One number of two, as makedev(3) of the C library makes it. */
    static long device(int major, int minor) {
        return (major & 0xffff_f000L) << 32 | (major & 0xfffL) << 8 | (minor & 0xffff_ff00L) << 12 | (minor & 0xffL);
    }

    @Override
    public int punch(int descriptor, long from, long length) {
        return libc.call(fallocate, descriptor, PUNCH_HOLE | KEEP_SIZE, from, length);
    }

    @Override
    public int collapse(int descriptor, long from, long length) {
        return libc.call(fallocate, descriptor, COLLAPSE_RANGE, from, length);
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
        libc.call(syncRange, descriptor, from, count, SYNC_FILE_RANGE_WRITE);
    }

    @Override
    public int sync(int descriptor) {
        return libc.call(fsync, descriptor);
    }

    @Override
    public int syncData(int descriptor) {
        return libc.call(fdatasync, descriptor);
    }

    @Override
    public long leaveTime() {
        return (1L << 30) - 2;
    }
}
