package dev.steward.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Open files that belong to nobody for a while: what the last program in this process's place handed over, and what is left for the
 * next. Thread-safe.
 */
final class Inheritance {
    private static final Logger LOG = LoggerFactory.getLogger(Inheritance.class);
    private static final Path OPEN = Path.of("/proc/self/fd");

    private final Libc libc;
    private final Map<SocketName, Integer> sockets = new HashMap<>();
    private final List<Integer> files = new ArrayList<>();

    Inheritance(Libc libc) {
        this.libc = libc;
    }

    /** What was handed over. On macOS nothing tells which file a descriptor is, so whoever wants one opens it anew. */
    synchronized void accept(Handover handover, Os os) {
        for (var descriptor : handover.descriptors()) {
            SystemCall.closeOnExec(libc, descriptor, true);
            switch (os) {
                case LINUX ->
                    SocketAddress.ofSocket(libc, descriptor)
                            .ifPresentOrElse(name -> sockets.put(name, descriptor), () -> files.add(descriptor));
                case MACOS, OTHER -> close(descriptor);
            }
        }
    }

    /** A socket goes on listening, and what is sent to it waits in the kernel. */
    synchronized void leave(SocketName name, int descriptor) {
        sockets.put(name, descriptor);
    }

    synchronized List<Integer> sockets() {
        return List.copyOf(sockets.values());
    }

    /** Takes the socket of that name, if there is one and its name still leads to it. */
    synchronized Optional<Integer> socket(SocketName name) {
        var found = Optional.ofNullable(sockets.remove(name));
        if (found.isPresent() && name instanceof SocketName.InFileSystem(var path) && Files.notExists(path)) {
            close(found.get());
            return Optional.empty();
        }
        return found;
    }

    /** Takes the open file that is this one now: none that was there before it. */
    synchronized Optional<Integer> file(Path file) throws IOException {
        for (Iterator<Integer> each = files.iterator(); each.hasNext(); ) {
            var descriptor = each.next();
            if (isSame(OPEN.resolve(descriptor.toString()), file)) {
                each.remove();
                return Optional.of(descriptor);
            }
        }
        return Optional.empty();
    }

    private static boolean isSame(Path open, Path file) throws IOException {
        try {
            return Files.isSameFile(open, file);
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    /** Closes the files that nobody took. */
    synchronized void closeFiles() {
        files.forEach(this::close);
        files.clear();
    }

    /** Closes the sockets that nobody took, and removes what they are called in the file system. */
    synchronized void closeSockets() {
        sockets.forEach((name, descriptor) -> {
            close(descriptor);
            if (name instanceof SocketName.InFileSystem(var path)) {
                try {
                    LocalSocket.removeStale(path);
                } catch (IOException e) {
                    LOG.warn("A socket that nobody needs cannot be removed: {}", e.getMessage());
                }
            }
        });
        sockets.clear();
    }

    private void close(int descriptor) {
        libc.call(libc.function("close"), descriptor);
    }
}
