package dev.steward.posix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Sends datagrams to local sockets, as sd_notify(3) does: to tell one's own parent. Thread-safe. */
public final class DatagramSender {
    private static final int DATAGRAM = 2;

    private final Libc libc;
    private final Platform platform;

    DatagramSender(Libc libc, Platform platform) {
        this.libc = libc;
        this.platform = platform;
    }

    /**
     * Sends a text, and waits up to a second for a receiver who has too much already.
     *
     * @return why it was not sent, for people; empty if it was
     */
    public Optional<String> send(SocketName to, String text) {
        try (var arena = Arena.ofConfined()) {
            var address = SocketAddress.of(arena, platform.os(), to);
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            var content = arena.allocateFrom(JAVA_BYTE, bytes);
            var socket = libc.call(libc.function("socket"), SocketAddress.LOCAL, DATAGRAM | closeOnExec(), 0);
            if (socket < 0) {
                return failure(to, socket);
            }
            try {
                patience(arena, socket);
                var sent = libc.call(
                        libc.function("sendto"),
                        socket,
                        content.address(),
                        bytes.length,
                        noSignal(),
                        address.address(),
                        address.length());
                return sent < 0 ? failure(to, sent) : Optional.empty();
            } finally {
                libc.call(libc.function("close"), socket);
            }
        } catch (IOException e) {
            return Optional.of("nothing can be sent: " + e.getMessage());
        }
    }

    private Optional<String> failure(SocketName to, int error) {
        return Optional.of("nothing can be sent to " + to + ": " + libc.describe(-error));
    }

    /** SO_SNDTIMEO of a second: a receiver that hangs must not make its sender hang. */
    private void patience(Arena arena, int socket) {
        var second = arena.allocateFrom(JAVA_LONG, 1, 0);
        var set = libc.function("setsockopt");
        switch (platform.os()) {
            case LINUX -> libc.call(set, socket, 1, 21, second.address(), second.byteSize());
            case MACOS, OTHER -> libc.call(set, socket, 0xffff, 0x1005, second.address(), second.byteSize());
        }
    }

    /** SOCK_CLOEXEC; macOS has none, and there {@link Spawner} closes what it finds open. */
    private int closeOnExec() {
        return switch (platform.os()) {
            case LINUX -> 02000000;
            case MACOS, OTHER -> 0;
        };
    }

    /** MSG_NOSIGNAL; macOS has none, and a JVM survives SIGPIPE. */
    private int noSignal() {
        return switch (platform.os()) {
            case LINUX -> 0x4000;
            case MACOS, OTHER -> 0;
        };
    }
}
