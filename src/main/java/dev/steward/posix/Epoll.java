package dev.steward.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Linux: epoll(7), with a doorbell. One thread waits; everything else is for every thread. */
final class Epoll implements AutoCloseable {
    private static final int CLOSE_ON_EXEC = 02000000;
    private static final int NON_BLOCKING = 04000;
    private static final int ADD = 1;
    private static final int DELETE = 2;
    private static final int MODIFY = 3;
    private static final int READABLE = 1;
    private static final int ROOM = 256;

    private final Libc libc;
    private final MemorySegment control;
    private final MemorySegment wait;
    private final MemorySegment read;
    private final MemorySegment write;
    private final Events ready;
    private final Events change;
    private final MemorySegment ring;
    private final MemorySegment rung;
    private final int epoll;
    private final int doorbell;
    private boolean closed;

    Epoll(Libc libc) {
        this.libc = libc;
        control = libc.function("epoll_ctl");
        wait = libc.function("epoll_wait");
        read = libc.function("read");
        write = libc.function("write");
        var arena = Arena.ofAuto();
        ready = Events.allocate(arena, ROOM);
        change = Events.allocate(arena, 1);
        ring = arena.allocateFrom(JAVA_LONG, 1);
        rung = arena.allocate(JAVA_LONG);
        epoll = need("epoll_create1", libc.call(libc.function("epoll_create1"), CLOSE_ON_EXEC));
        doorbell = need("eventfd", libc.call(libc.function("eventfd"), 0, CLOSE_ON_EXEC | NON_BLOCKING));
        add(doorbell);
    }

    /** From now on the wait ends when that descriptor can be read. */
    void add(int descriptor) {
        need("epoll_ctl", change(ADD, descriptor, READABLE));
    }

    /** Makes the wait deaf to that descriptor, or no longer so. */
    void listen(int descriptor, boolean readable) {
        need("epoll_ctl", change(MODIFY, descriptor, readable ? READABLE : 0));
    }

    void remove(int descriptor) {
        change(DELETE, descriptor, 0);
    }

    private synchronized int change(int operation, int descriptor, int mask) {
        change.set(mask, descriptor);
        return libc.call(control, epoll, operation, descriptor, change.address());
    }

    /** Waits for that many milliseconds, −1 for ever, and says how many descriptors are ready. */
    int await(int millis) {
        var count = libc.call(wait, epoll, ready.address(), ROOM, millis);
        if (count == -Errno.EINTR) {
            return 0;
        }
        need("epoll_wait", count);
        for (var i = 0; i < count; i++) {
            if (ready.descriptor(i) == doorbell) {
                libc.call(read, doorbell, rung.address(), Long.BYTES);
            }
        }
        return count;
    }

    /** The n-th descriptor that is ready, the doorbell's among them; of the latest wait. */
    int ready(int index) {
        return ready.descriptor(index);
    }

    /** Ends the present or the next wait. Not through a number that was given to another file meanwhile, which would be written to. */
    synchronized void wake() {
        if (!closed) {
            libc.call(write, doorbell, ring.address(), Long.BYTES);
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            var close = libc.function("close");
            libc.call(close, doorbell);
            libc.call(close, epoll);
        }
    }

    int need(String call, int result) {
        if (result < 0) {
            throw new UnsupportedSystem(call + "(2) says " + libc.describe(-result)
                    + ". Steward needs Linux 5.3 or later, and a descriptor for each agent.");
        }
        return result;
    }

    /** An array of struct epoll_event, which is packed on x86-64 and padded elsewhere: see epoll_ctl(2). */
    private record Events(MemorySegment memory, int size, int dataOffset) {
        static Events allocate(Arena arena, int count) {
            var packed = System.getProperty("os.arch").equals("amd64");
            var size = packed ? 12 : 16;
            return new Events(arena.allocate((long) size * count, 8), size, packed ? 4 : 8);
        }

        long address() {
            return memory.address();
        }

        void set(int mask, int descriptor) {
            memory.set(JAVA_INT, 0, mask);
            memory.set(JAVA_LONG_UNALIGNED, dataOffset, descriptor);
        }

        int descriptor(int index) {
            return (int) memory.get(JAVA_LONG_UNALIGNED, (long) index * size + dataOffset);
        }
    }
}
