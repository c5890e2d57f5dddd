package dev.steward.posix;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Named pipes, see fifo(7). Thread-safe. */
public final class Fifos {
    private static final int OWNER_ONLY = 0600;
    private static final int FILE_TYPE = 0170000;
    private static final int FIFO = 0010000;

    private final Libc libc;
    private final Platform platform;

    Fifos(Libc libc, Platform platform) {
        this.libc = libc;
        this.platform = platform;
    }

    /**
     * Makes a FIFO that its owner alone may read and write. One that is there already is left as it is.
     *
     * @throws IOException if it cannot be made, or something else is there
     */
    public void make(Path fifo) throws IOException {
        try (var arena = Arena.ofConfined()) {
            var path = arena.allocateFrom(fifo.toString());
            var result = libc.call(libc.function("mkfifo"), path.address(), OWNER_ONLY);
            if (result == -Errno.EEXIST) {
                requireFifo(fifo);
            } else if (result != 0) {
                throw new IOException("The FIFO " + fifo + " cannot be made: " + libc.describe(-result));
            }
        }
    }

    /**
     * Opens a FIFO for reading and writing, so that it has a writer until this is closed or this process is gone: no reader
     * of it sees an end before. Children don't inherit it.
     *
     * @throws IOException if it is not there, is no FIFO or may not be opened
     */
    public Held hold(Path fifo) throws IOException {
        // Before it is opened: to open a device may do something.
        requireFifo(fifo);
        try (var arena = Arena.ofConfined()) {
            var path = arena.allocateFrom(fifo.toString());
            var flags = platform.readWrite() | platform.closeOnExec() | platform.noFollow();
            var descriptor = libc.variadic(libc.function("open"), path.address(), flags);
            if (descriptor < 0) {
                throw new IOException("The FIFO " + fifo + " cannot be opened: " + libc.describe(-descriptor));
            }
            return new Held(libc, descriptor);
        }
    }

    private static void requireFifo(Path file) throws IOException {
        int mode;
        try {
            mode = (int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            throw new IOException("The FIFO " + file + " is not there", e);
        }
        if ((mode & FILE_TYPE) != FIFO) {
            throw new IOException(file + " is not a FIFO: move it away");
        }
    }

    /** A FIFO that is held open. To be closed by one thread. */
    public static final class Held implements AutoCloseable {
        private final Libc libc;
        private final int descriptor;
        private boolean open = true;

        Held(Libc libc, int descriptor) {
            this.libc = libc;
            this.descriptor = descriptor;
        }

        int descriptor() {
            return descriptor;
        }

        /** Writes a few words for whoever reads it; they are lost with the last that has it open. */
        public void write(String text) {
            if (open) {
                try (var arena = Arena.ofConfined()) {
                    var bytes = text.getBytes(StandardCharsets.UTF_8);
                    var content = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
                    libc.call(libc.function("write"), descriptor, content.address(), bytes.length);
                }
            }
        }

        @Override
        public void close() {
            if (open) {
                open = false;
                libc.call(libc.function("close"), descriptor);
            }
        }
    }
}
