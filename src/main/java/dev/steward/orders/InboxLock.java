package dev.steward.orders;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The kernel's lock on an inbox ({@code fcntl(2)}): one receiver holds it, and its end, however it comes, gives it back. The kernel
 * gives it back, too, when anything in the process closes the file; so nothing else opens it.
 */
final class InboxLock implements AutoCloseable {
    /** Such locks are the process's, not the thread's: what this process holds it must not even try to open. */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path key;
    private final Path file;
    private final Optional<Object> identity;
    private final FileChannel channel;

    private InboxLock(Path key, Path file, Optional<Object> identity, FileChannel channel) {
        this.key = key;
        this.file = file;
        this.identity = identity;
        this.channel = channel;
    }

    /** Takes the lock; empty if another receiver has it, here or in another process. */
    static Optional<InboxLock> take(Path file) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        var key = folder == null ? file : folder.toRealPath();
        if (!HELD_HERE.add(key)) {
            return Optional.empty();
        }
        var taken = Optional.<InboxLock>empty();
        try {
            taken = open(key, file);
        } finally {
            if (taken.isEmpty()) {
                HELD_HERE.remove(key);
            }
        }
        return taken;
    }

    private static Optional<InboxLock> open(Path key, Path file) throws IOException {
        var channel = FileChannel.open(file, CREATE, WRITE);
        try {
            if (channel.tryLock() != null) {
                return Optional.of(new InboxLock(key, file, identity(file), channel));
            }
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return Optional.empty();
    }

    /**
     * The kernel locks a file, and not its name: whoever removes or replaces the inbox makes room for another receiver.
     *
     * @throws InboxLost if another file lies there, or none
     */
    void check() throws IOException {
        if (!Disk.isThere(file) || !identity(file).equals(identity)) {
            throw new InboxLost(file.resolveSibling(""));
        }
    }

    private static Optional<Object> identity(Path file) throws IOException {
        return Optional.ofNullable(
                Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD_HERE.remove(key);
        }
    }
}
