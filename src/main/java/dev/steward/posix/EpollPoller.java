package dev.steward.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Linux: epoll(7) on pidfd_open(2). One thread hears of a thousand processes' ends within 0.2 ms. */
final class EpollPoller implements Poller {
    private static final int CLOSE_ON_EXEC = 02000000;
    private static final int ADD = 1;
    private static final int DELETE = 2;
    private static final int READABLE = 1;
    private static final int ROOM = 256;
    private static final int NO_HANG = 1;

    private final Libc libc;
    private final DescriptorLimit limit;
    private final ProcFs processes;
    private final EpollEvents events;
    private final MemorySegment epollControl;
    private final MemorySegment epollWait;
    private final MemorySegment close;
    private final MemorySegment read;
    private final MemorySegment write;
    private final MemorySegment waitpid;
    private final int epoll;
    private final int doorbell;
    private boolean closed;
    private final Map<Integer, Pidfd> watched = new HashMap<>();

    EpollPoller(Libc libc, DescriptorLimit limit, ProcFs processes) {
        this.libc = libc;
        this.limit = limit;
        this.processes = processes;
        events = EpollEvents.allocate(Arena.ofAuto(), ROOM);
        epollControl = libc.function("epoll_ctl");
        epollWait = libc.function("epoll_wait");
        close = libc.function("close");
        read = libc.function("read");
        write = libc.function("write");
        waitpid = libc.function("waitpid");
        epoll = need("epoll_create1", libc.call(libc.function("epoll_create1"), CLOSE_ON_EXEC));
        doorbell = need("eventfd", libc.call(libc.function("eventfd"), 0, CLOSE_ON_EXEC | 04000));
        add(doorbell);
    }

    @Override
    public Watched child(long pid) {
        return watch(pid, need("pidfd_open", SystemCall.pidfdOpen(libc, pid)));
    }

    @Override
    public void bury(long pid) {
        libc.call(waitpid, pid, 0, 0);
    }

    @Override
    public Optional<Watched> adopt(Identity identity) {
        var descriptor = SystemCall.pidfdOpen(libc, identity.pid());
        if (descriptor == -Errno.ESRCH) {
            return Optional.empty();
        }
        need("pidfd_open", descriptor);
        // Only now is the pid held; who has it is asked afterwards.
        if (!processes.lives(identity)) {
            libc.call(close, descriptor);
            return Optional.empty();
        }
        return Optional.of(watch(identity.pid(), descriptor));
    }

    private Watched watch(long pid, int descriptor) {
        var kept = limit.keep(descriptor);
        var process = new Pidfd(pid, kept);
        watched.put(kept, process);
        try {
            add(kept);
        } catch (UnsupportedSystem e) {
            process.close();
            throw e;
        }
        return process;
    }

    private void add(int descriptor) {
        try (var arena = Arena.ofConfined()) {
            var event = EpollEvents.allocate(arena, 1);
            event.set(READABLE, descriptor);
            need("epoll_ctl", libc.call(epollControl, epoll, ADD, descriptor, event.address()));
        }
    }

    @Override
    public List<Watched> await(int millis) {
        var count = libc.call(epollWait, epoll, events.address(), ROOM, millis);
        if (count == -Errno.EINTR) {
            return List.of();
        }
        need("epoll_wait", count);
        var ended = new ArrayList<Watched>(count);
        for (var i = 0; i < count; i++) {
            var descriptor = events.descriptor(i);
            if (descriptor == doorbell) {
                silence();
            } else {
                var process = watched.get(descriptor);
                if (process != null) {
                    ended.add(process);
                }
            }
        }
        return ended;
    }

    /** Not through a number that was given to another file meanwhile: a late thread would write into that. */
    @Override
    public synchronized void wake() {
        if (closed) {
            return;
        }
        try (var arena = Arena.ofConfined()) {
            libc.call(write, doorbell, arena.allocateFrom(JAVA_LONG, 1).address(), Long.BYTES);
        }
    }

    private void silence() {
        try (var arena = Arena.ofConfined()) {
            libc.call(read, doorbell, arena.allocate(JAVA_LONG).address(), Long.BYTES);
        }
    }

    private int need(String call, int result) {
        if (result < 0) {
            throw new UnsupportedSystem(call + "(2) says " + libc.describe(-result)
                    + ". Steward needs Linux 5.3 or later, and a descriptor for each agent.");
        }
        return result;
    }

    @Override
    public synchronized void close() {
        closed = true;
        List.copyOf(watched.values()).forEach(Pidfd::close);
        libc.call(close, doorbell);
        libc.call(close, epoll);
    }

    private final class Pidfd implements Watched {
        private final long pid;
        private final int descriptor;

        Pidfd(long pid, int descriptor) {
            this.pid = pid;
            this.descriptor = descriptor;
        }

        @Override
        public long pid() {
            return pid;
        }

        @Override
        public boolean alive() {
            return watched.containsKey(descriptor) && isThere();
        }

        @Override
        public boolean signal(Signal signal) {
            return watched.containsKey(descriptor)
                    && SystemCall.pidfdSendSignal(libc, descriptor, signal.number()) == 0;
        }

        @Override
        public Optional<ExitStatus> ended() {
            try (var arena = Arena.ofConfined()) {
                var status = arena.allocate(JAVA_INT);
                var result = libc.call(waitpid, pid, status.address(), NO_HANG);
                if (result == pid) {
                    return Optional.of(ExitStatus.ofWaitStatus(status.get(JAVA_INT, 0)));
                }
                var gone = result == -Errno.ECHILD && (!isThere() || !processes.lives(pid));
                return gone ? Optional.of(new ExitStatus.Unknown()) : Optional.empty();
            }
        }

        /** One that became another user may not be signalled, and lives. */
        private boolean isThere() {
            var result = SystemCall.pidfdSendSignal(libc, descriptor, 0);
            return result == 0 || result == -Errno.EPERM;
        }

        @Override
        public void close() {
            if (watched.remove(descriptor, this)) {
                libc.call(epollControl, epoll, DELETE, descriptor, 0);
                libc.call(close, descriptor);
            }
        }
    }

    /** An array of struct epoll_event, which is packed on x86-64 and padded elsewhere: see epoll_ctl(2). */
    private record EpollEvents(MemorySegment memory, int size, int dataOffset) {
        static EpollEvents allocate(Arena arena, int count) {
            var packed = System.getProperty("os.arch").equals("amd64");
            var size = packed ? 12 : 16;
            return new EpollEvents(arena.allocate((long) size * count, 8), size, packed ? 4 : 8);
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
