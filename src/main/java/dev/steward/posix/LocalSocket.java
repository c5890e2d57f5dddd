package dev.steward.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** A socket that {@link Datagrams} listens on. Thread-safe; one thread receives. */
public final class LocalSocket implements AutoCloseable {
    private static final int FILE_TYPE = 0170000;
    private static final int SOCKET = 0140000;

    private final Datagrams datagrams;
    private final SocketName name;
    private final int descriptor;
    private final Object inode;
    private boolean open = true;

    LocalSocket(Datagrams datagrams, SocketName name, int descriptor) throws IOException {
        this.datagrams = datagrams;
        this.name = name;
        this.descriptor = descriptor;
        inode = switch (name) {
            case SocketName.InFileSystem(var path) -> inode(path);
            case SocketName.Abstract _ -> 0L;
        };
    }

    public SocketName name() {
        return name;
    }

    /** Whether its name still leads to it: a file can be removed, or replaced. */
    public boolean isThere() throws IOException {
        return switch (name) {
            case SocketName.InFileSystem(var path) -> inode(path).equals(inode);
            case SocketName.Abstract _ -> true;
        };
    }

    int descriptor() {
        return descriptor;
    }

    /**
     * The oldest datagram that has not been received; empty if there is none, or this is closed. Never waits.
     *
     * @throws IOException with what the kernel says; the datagram is lost, and another try may work
     */
    public synchronized Optional<Datagram> receive() throws IOException {
        return open ? datagrams.receive(descriptor) : Optional.empty();
    }

    /** From now on {@link Datagrams#await} says nothing of this socket: what its senders send waits in the kernel, and then they do. */
    public synchronized void mute() {
        if (open) {
            datagrams.listen(descriptor, false);
        }
    }

    /** Takes {@link #mute} back; what came meanwhile is told of then. */
    public synchronized void unmute() {
        if (open) {
            datagrams.listen(descriptor, true);
        }
    }

    /** Leaves it open for whoever listens on its name next; but one that its name leads to no more is closed. */
    synchronized void leave() throws IOException {
        if (!open) {
            return;
        }
        open = false;
        var there = false;
        try {
            there = isThere();
        } finally {
            if (there) {
                datagrams.leave(this);
            } else {
                datagrams.forget(this);
            }
        }
    }

    /** Closes it, and removes its file, unless somebody has put another into its place. */
    @Override
    public synchronized void close() throws IOException {
        if (open) {
            open = false;
            datagrams.forget(this);
            if (name instanceof SocketName.InFileSystem(var path) && inode(path).equals(inode)) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static Object inode(Path file) throws IOException {
        try {
            return Files.getAttribute(file, "unix:ino", LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException gone) {
            return "none";
        }
    }

    /** Removes what a socket left behind when its process ended; bind(2) would fail for it. */
    static void removeStale(Path path) throws IOException {
        try {
            if (((int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & FILE_TYPE) != SOCKET) {
                throw new IOException(path + " is there and is not a socket: move it away");
            }
            Files.deleteIfExists(path);
        } catch (NoSuchFileException nothing) {
            // As it should be.
            return;
        }
    }
}
