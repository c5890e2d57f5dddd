package dev.steward.posix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** A struct sockaddr_un, see unix(7); macOS has a byte for the length where Linux has the family's first. */
record SocketAddress(MemorySegment memory, int length) {
    static final int LOCAL = 1;
    private static final int ROOM = 128;
    private static final int PATH = 2;

    /**
     * Writes the address of a name.
     *
     * @throws IOException if it does not fit
     */
    static SocketAddress of(Arena arena, Os os, SocketName name) throws IOException {
        try {
            name.checked();
        } catch (SocketName.Refused e) {
            throw new IOException(e.getMessage(), e);
        }
        var memory = arena.allocate(ROOM, 8);
        var length = switch (name) {
            case SocketName.InFileSystem(var path) -> put(memory, PATH, path.toString()) + 1;
            case SocketName.Abstract(var text) -> put(memory, PATH + 1, text);
        };
        if (os == Os.MACOS) {
            memory.set(JAVA_BYTE, 0, (byte) length);
            memory.set(JAVA_BYTE, 1, (byte) LOCAL);
        } else {
            memory.set(JAVA_SHORT, 0, (short) LOCAL);
        }
        return new SocketAddress(memory, length);
    }

    /** Returns the offset behind it. */
    private static int put(MemorySegment memory, int offset, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        MemorySegment.copy(bytes, 0, memory, JAVA_BYTE, offset, bytes.length);
        return offset + bytes.length;
    }

    /** What a descriptor is called, if it is a local socket that has a name: getsockname(2), on Linux. */
    static Optional<SocketName> ofSocket(Libc libc, int descriptor) {
        try (var arena = Arena.ofConfined()) {
            var memory = arena.allocate(ROOM, 8);
            var length = arena.allocateFrom(ValueLayout.JAVA_INT, ROOM);
            var result = libc.call(libc.function("getsockname"), descriptor, memory.address(), length.address());
            var end = length.get(ValueLayout.JAVA_INT, 0);
            if (result != 0 || memory.get(JAVA_SHORT, 0) != LOCAL || end <= PATH || end >= ROOM) {
                return Optional.empty();
            }
            if (memory.get(JAVA_BYTE, PATH) != 0) {
                return Optional.of(new SocketName.InFileSystem(Path.of(memory.getString(PATH))));
            }
            var name = memory.asSlice(PATH + 1, end - PATH - 1).toArray(JAVA_BYTE);
            return Optional.of(new SocketName.Abstract(new String(name, StandardCharsets.UTF_8)));
        }
    }

    long address() {
        return memory.address();
    }
}
