package dev.steward.posix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Optional;

/** Linux: recvmsg(2) with what unix(7) and cmsg(3) say of credentials and descriptors. Its buffers are made once. */
final class Receiver {
    /** struct msghdr: name, its length, vector, its length, control, its length, flags. */
    private static final int HEADER = 56;

    private static final int VECTOR = 16;
    private static final int VECTOR_COUNT = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_LENGTH = 40;
    private static final int FLAGS = 48;

    /** struct cmsghdr: length, level, type; then the data. */
    private static final int CONTROL_HEADER = 16;

    private static final int LEVEL = 8;
    private static final int TYPE = 12;

    /** More than the 253 descriptors that the kernel passes at once, with credentials: nothing is cut off for want of room. */
    private static final int CONTROL_ROOM = 4096;

    private static final int DONT_WAIT = 0x40;
    private static final int CLOSE_ON_EXEC = 0x4000_0000;
    private static final int TRUNCATED = 0x20;
    private static final int SOCKET_LEVEL = 1;
    private static final int RIGHTS = 1;
    private static final int CREDENTIALS = 2;

    private final Libc libc;
    private final MemorySegment recvmsg;
    private final MemorySegment content;
    private final MemorySegment control;
    private final MemorySegment vector;
    private final MemorySegment header;

    Receiver(Libc libc) {
        this.libc = libc;
        recvmsg = libc.function("recvmsg");
        var arena = Arena.ofAuto();
        content = arena.allocate(Datagrams.MOST_BYTES, 8);
        control = arena.allocate(CONTROL_ROOM, 8);
        vector = arena.allocateFrom(JAVA_LONG, content.address(), content.byteSize());
        header = arena.allocate(HEADER, 8);
    }

    /** The next datagram of a socket, if there is one. */
    synchronized Optional<Datagram> receive(int socket) throws IOException {
        header.fill((byte) 0);
        header.set(JAVA_LONG, VECTOR, vector.address());
        header.set(JAVA_LONG, VECTOR_COUNT, 1);
        header.set(JAVA_LONG, CONTROL, control.address());
        header.set(JAVA_LONG, CONTROL_LENGTH, control.byteSize());
        int length;
        do {
            length = libc.call(recvmsg, socket, header.address(), DONT_WAIT | CLOSE_ON_EXEC);
        } while (length == -Errno.EINTR);
        if (length == -Errno.again(Os.LINUX)) {
            return Optional.empty();
        }
        if (length < 0) {
            throw new IOException("nothing can be received: " + libc.describe(-length));
        }
        return Optional.of(read(length));
    }

    private Datagram read(int length) {
        var descriptors = new ArrayList<Integer>();
        var sender = new Datagram.Sender(0, 0xffff_ffffL);
        var end = header.get(JAVA_LONG, CONTROL_LENGTH);
        for (var at = 0L; at + CONTROL_HEADER <= end; ) {
            var size = control.get(JAVA_LONG, at);
            if (control.get(JAVA_INT, at + LEVEL) == SOCKET_LEVEL) {
                var type = control.get(JAVA_INT, at + TYPE);
                if (type == CREDENTIALS) {
                    sender = new Datagram.Sender(
                            control.get(JAVA_INT, at + CONTROL_HEADER),
                            Integer.toUnsignedLong(control.get(JAVA_INT, at + CONTROL_HEADER + 4)));
                } else if (type == RIGHTS) {
                    // Also those of a message that the kernel cut off: it has opened them here.
                    for (var offset = CONTROL_HEADER; offset + 4 <= size; offset += 4) {
                        descriptors.add(control.get(JAVA_INT, at + offset));
                    }
                }
            }
            at += Math.max(CONTROL_HEADER, (size + 7) & -8);
        }
        var bytes = content.asSlice(0, length).toArray(JAVA_BYTE);
        var truncated = (header.get(JAVA_INT, FLAGS) & TRUNCATED) != 0;
        return new Datagram(
                libc,
                bytes,
                truncated,
                sender,
                descriptors.stream().mapToInt(Integer::intValue).toArray());
    }
}
