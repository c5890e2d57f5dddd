package dev.steward.posix;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/**
 * Reads the beginning of a file that somebody else may replace at any moment: open(2) with O_NONBLOCK, so that a FIFO in its place
 * has nothing to say, and keeps nobody waiting. The JDK has no way to ask for that. Thread-safe.
 */
public final class Glance {
    private final Libc libc;
    private final int flags;
    private final int again;
    private final MemorySegment open;
    private final MemorySegment read;
    private final MemorySegment close;

    Glance(Libc libc, Platform platform) {
        this.libc = libc;
        flags = platform.nonBlocking() | platform.closeOnExec() | platform.noFollow();
        again = -Errno.again(platform.os());
        open = libc.function("open");
        read = libc.function("read");
        close = libc.function("close");
    }

    /**
     * The first bytes, of a special file those that are there at this moment.
     *
     * @throws IOException with what the kernel says
     */
    public byte[] read(Path file, int most) throws IOException {
        try (var arena = Arena.ofConfined()) {
            var descriptor =
                    libc.variadic(open, arena.allocateFrom(file.toString()).address(), flags);
            if (descriptor < 0) {
                throw new IOException(libc.describe(-descriptor));
            }
            try {
                return read(descriptor, arena.allocate(most));
            } finally {
                libc.call(close, descriptor);
            }
        }
    }

    private byte[] read(int descriptor, MemorySegment into) throws IOException {
        var filled = 0L;
        while (filled < into.byteSize()) {
            var count = libc.call(read, descriptor, into.address() + filled, into.byteSize() - filled);
            if (count == again || count == 0) {
                break;
            }
            if (count < 0) {
                throw new IOException(libc.describe(-count));
            }
            filled += count;
        }
        return into.asSlice(0, filled).toArray(ValueLayout.JAVA_BYTE);
    }
}
