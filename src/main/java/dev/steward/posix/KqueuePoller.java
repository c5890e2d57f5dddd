package dev.steward.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** macOS: kqueue(2) with EVFILT_PROC. Built, and not yet run on a Mac. */
final class KqueuePoller implements Poller {
    private static final short PROCESS = -5;
    private static final short USER = -10;
    private static final short ADD = 0x1;
    private static final short ONE_SHOT = 0x10;
    private static final short CLEAR = 0x20;
    private static final int NOTE_EXIT = 0x80000000;
    private static final int NOTE_TRIGGER = 0x01000000;
    private static final int ROOM = 256;
    private static final int SIZE = 32;
    private static final int NO_HANG = 1;
    private static final long DOORBELL = 0;

    private final Libc libc;
    private final Processes processes;
    private final MemorySegment events;
    private final MemorySegment kevent;
    private final MemorySegment kill;
    private final MemorySegment waitpid;
    private final MemorySegment close;
    private final int queue;
    private boolean closed;
    private final Map<Long, Child> watched = new HashMap<>();
    private final List<Child> alreadyEnded = new ArrayList<>();

    KqueuePoller(Libc libc, Processes processes) {
        this.libc = libc;
        this.processes = processes;
        events = Arena.ofAuto().allocate((long) SIZE * ROOM, 8);
        kevent = libc.function("kevent");
        kill = libc.function("kill");
        waitpid = libc.function("waitpid");
        close = libc.function("close");
        queue = libc.call(libc.function("kqueue"));
        change(DOORBELL, USER, (short) (ADD | CLEAR), 0);
    }

    @Override
    public Watched child(long pid) {
        var identity = processes.identify(pid).orElse(new Identity(pid, 0, processes.boot()));
        var child = new Child(identity);
        watched.put(pid, child);
        if (change(pid, PROCESS, (short) (ADD | ONE_SHOT), NOTE_EXIT) < 0) {
            alreadyEnded.add(child);
        }
        return child;
    }

    @Override
    public void bury(long pid) {
        libc.call(waitpid, pid, 0, 0);
    }

    @Override
    public Optional<Watched> adopt(Identity identity) {
        if (change(identity.pid(), PROCESS, (short) (ADD | ONE_SHOT), NOTE_EXIT) < 0 || !processes.lives(identity)) {
            return Optional.empty();
        }
        var child = new Child(identity);
        watched.put(identity.pid(), child);
        return Optional.of(child);
    }

    private int change(long identifier, short filter, short flags, int notes) {
        try (var arena = Arena.ofConfined()) {
            var event = arena.allocate(SIZE, 8);
            event.set(JAVA_LONG, 0, identifier);
            event.set(JAVA_SHORT, 8, filter);
            event.set(JAVA_SHORT, 10, flags);
            event.set(JAVA_INT, 12, notes);
            return libc.call(kevent, queue, event.address(), 1, 0, 0, 0);
        }
    }

    @Override
    public List<Watched> await(int millis) {
        var ended = new ArrayList<Watched>(alreadyEnded);
        alreadyEnded.clear();
        try (var arena = Arena.ofConfined()) {
            var timeout = arena.allocate(JAVA_LONG, 2);
            timeout.setAtIndex(JAVA_LONG, 0, millis / 1000);
            timeout.setAtIndex(JAVA_LONG, 1, millis % 1000 * 1_000_000L);
            var patience = !ended.isEmpty() || millis >= 0 ? timeout.address() : 0;
            var count = libc.call(kevent, queue, 0, 0, events.address(), ROOM, patience);
            for (var i = 0; i < count; i++) {
                var child = watched.get(events.get(JAVA_LONG, (long) i * SIZE));
                if (events.get(JAVA_SHORT, (long) i * SIZE + 8) == PROCESS && child != null) {
                    ended.add(child);
                }
            }
        }
        return ended;
    }

    @Override
    public synchronized void wake() {
        if (closed) {
            return;
        }
        change(DOORBELL, USER, (short) 0, NOTE_TRIGGER);
    }

    @Override
    public synchronized void close() {
        closed = true;
        libc.call(close, queue);
    }

    private final class Child implements Watched {
        private final Identity identity;

        Child(Identity identity) {
            this.identity = identity;
        }

        @Override
        public long pid() {
            return identity.pid();
        }

        @Override
        public boolean alive() {
            return processes.lives(identity);
        }

        @Override
        public boolean signal(Signal signal) {
            return processes.lives(identity) && libc.call(kill, pid(), signal.number()) == 0;
        }

        @Override
        public Optional<ExitStatus> ended() {
            try (var arena = Arena.ofConfined()) {
                var status = arena.allocate(JAVA_INT);
                var result = libc.call(waitpid, pid(), status.address(), NO_HANG);
                if (result == pid()) {
                    return Optional.of(ExitStatus.ofWaitStatus(status.get(JAVA_INT, 0)));
                }
                var gone = result == -Errno.ECHILD && !processes.lives(identity);
                return gone ? Optional.of(new ExitStatus.Unknown()) : Optional.empty();
            }
        }

        @Override
        public void close() {
            watched.remove(pid(), this);
        }
    }
}
