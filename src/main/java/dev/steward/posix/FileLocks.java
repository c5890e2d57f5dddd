package dev.steward.posix;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;

/** Locks on files, by flock(2): a POSIX lock would vanish as soon as any code of this JVM closed the same file. Thread-safe. */
public final class FileLocks {
    private static final int LOCK_EX = 2;
    private static final int LOCK_NB = 4;

    private final Libc libc;
    private final Platform platform;
    private final Inheritance inherited;
    private final MemorySegment open;
    private final MemorySegment close;
    private final MemorySegment flock;

    FileLocks(Libc libc, Platform platform, Inheritance inherited) {
        this.libc = libc;
        this.platform = platform;
        this.inherited = inherited;
        open = libc.function("open");
        close = libc.function("close");
        flock = libc.function("flock");
    }

    /**
     * Takes the exclusive lock of a file, which is created if it isn't there.
     *
     * @return the lock, or nothing if somebody else holds it
     * @throws IOException if the file cannot be opened
     */
    public Optional<FileLock> tryLock(Path file) throws IOException {
        return acquire(file, opened(file), LOCK_EX | LOCK_NB);
    }

    /**
     * Takes the exclusive lock of a folder, which nobody can take away by deleting what is in it.
     *
     * @return the lock, or nothing if somebody else holds it
     * @throws IOException if the folder cannot be opened
     */
    public Optional<FileLock> tryLockFolder(Path folder) throws IOException {
        return acquire(folder, opened(folder, platform.closeOnExec()), LOCK_EX | LOCK_NB);
    }

    /**
     * The same, and waits for as long as somebody else holds it.
     *
     * @throws IOException if the file cannot be opened
     */
    public FileLock lock(Path file) throws IOException {
        return acquire(file, opened(file), LOCK_EX).orElseThrow();
    }

    private Optional<FileLock> acquire(Path file, int descriptor, int how) throws IOException {
        int result;
        do {
            result = libc.call(flock, descriptor, how);
        } while (result == -Errno.EINTR);
        if (result == 0) {
            return Optional.of(new FileLock(this, descriptor));
        }
        close(descriptor);
        if (result == -Errno.again(platform.os())) {
            return Optional.empty();
        }
        throw new IOException(file + " cannot be locked: " + libc.describe(-result));
    }

    private int opened(Path file) throws IOException {
        return opened(file, platform.readWrite() | platform.create() | platform.closeOnExec() | platform.noFollow());
    }

    /** One that was handed over has its lock already, and keeps it. */
    private int opened(Path file, int flags) throws IOException {
        var present = inherited.file(file);
        if (present.isPresent()) {
            return present.get();
        }
        try (var arena = Arena.ofConfined()) {
            var path = arena.allocateFrom(file.toString());
            var descriptor = libc.variadic(open, path.address(), flags, 0600);
            if (descriptor < 0) {
                throw new IOException(file + " cannot be opened: " + libc.describe(-descriptor));
            }
            return descriptor;
        }
    }

    void close(int descriptor) {
        libc.call(close, descriptor);
    }
}
