package dev.steward.posix;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** The functions that every open file uses, looked up once. Thread-safe. */
final class FileCalls {
    final Libc libc;
    final FileSystemCalls system;
    final MemorySegment open;
    final MemorySegment close;
    final MemorySegment flock;
    final MemorySegment pread;
    final MemorySegment pwrite;
    final MemorySegment truncate;
    final MemorySegment own;
    final MemorySegment mode;
    final MemorySegment times;
    final MemorySegment getAttribute;
    final MemorySegment setAttribute;
    final MemorySegment removeAttribute;
    final Os os;

    FileCalls(Libc libc, Os os) {
        this.libc = libc;
        this.os = os;
        system = FileSystemCalls.of(libc, os);
        open = libc.function("open");
        close = libc.function("close");
        flock = libc.function("flock");
        pread = libc.function("pread");
        pwrite = libc.function("pwrite");
        truncate = libc.function("ftruncate");
        own = libc.function("fchown");
        mode = libc.function("fchmod");
        times = libc.function("futimens");
        getAttribute = libc.function("fgetxattr");
        setAttribute = libc.function("fsetxattr");
        removeAttribute = libc.function("fremovexattr");
    }

    /** Calls again for as long as a signal comes between. */
    static int patiently(IntSupplier call) {
        int result;
        do {
            result = call.getAsInt();
        } while (result == -Errno.EINTR);
        return result;
    }

    static long patientlyLong(LongSupplier call) {
        long result;
        do {
            result = call.getAsLong();
        } while (result == -Errno.EINTR);
        return result;
    }

    /** The result of a call that succeeded. */
    long need(Path file, String what, long result) throws SystemFailure {
        if (result < 0) {
            throw failure(file, what, (int) -result);
        }
        return result;
    }

    SystemFailure failure(Path file, String what, int errno) {
        return new SystemFailure(file, what, SystemFailure.Kind.of(errno, os), libc.describe(errno));
    }
}
