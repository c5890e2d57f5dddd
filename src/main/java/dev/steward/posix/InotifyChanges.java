package dev.steward.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Linux: inotify(7) with IN_ONESHOT, so that a file which is written to at full speed costs one event and no more. The loss of a name is
 * IN_ATTRIB for as long as somebody has the file open.
 */
final class InotifyChanges implements Changes {
    private static final int NON_BLOCKING = 04000;
    private static final int CLOSE_ON_EXEC = 02000000;
    private static final int MODIFY = 0x2;
    private static final int ATTRIB = 0x4;
    private static final int DELETE_SELF = 0x400;
    private static final int MOVE_SELF = 0x800;
    private static final int QUEUE_OVERFLOW = 0x4000;
    private static final int ONESHOT = 0x8000_0000;
    private static final int ROOM = 4096;
    /** Of struct inotify_event, before a name, which an event of a file does not have. */
    private static final int EVENT = 16;

    private final Libc libc;
    private final Epoll epoll;
    private final int inotify;
    private final MemorySegment add;
    private final MemorySegment remove;
    private final MemorySegment read;
    private final MemorySegment close;
    private final MemorySegment events = Arena.ofAuto().allocate(ROOM, 8);
    private final Map<Integer, Set<Path>> armed = new HashMap<>();
    private boolean closed;

    private InotifyChanges(Libc libc, Epoll epoll, int inotify) {
        this.libc = libc;
        this.epoll = epoll;
        this.inotify = inotify;
        add = libc.function("inotify_add_watch");
        remove = libc.function("inotify_rm_watch");
        read = libc.function("read");
        close = libc.function("close");
    }

    /** Deaf where this user has as many instances of inotify as may be. */
    static Changes open(Libc libc, DescriptorLimit limit) {
        var epoll = new Epoll(libc);
        var inotify = limit.keep(libc.call(libc.function("inotify_init1"), NON_BLOCKING | CLOSE_ON_EXEC));
        if (inotify < 0) {
            epoll.close();
            return new DeafChanges();
        }
        epoll.add(inotify);
        return new InotifyChanges(libc, epoll, inotify);
    }

    /** Of two names of one file the kernel makes one watch. */
    @Override
    public synchronized boolean arm(Path file) {
        if (closed) {
            return false;
        }
        try (var arena = Arena.ofConfined()) {
            var path = arena.allocateFrom(file.toString());
            var mask = MODIFY | ATTRIB | DELETE_SELF | MOVE_SELF | ONESHOT;
            var watch = libc.call(add, inotify, path.address(), mask);
            if (watch >= 0) {
                armed.computeIfAbsent(watch, _ -> new HashSet<>()).add(file);
            }
            return watch >= 0;
        }
    }

    @Override
    public synchronized void disarm(Path file) {
        for (var watch : List.copyOf(armed.keySet())) {
            var files = armed.getOrDefault(watch, Set.of());
            if (files.remove(file) && files.isEmpty()) {
                forget(watch);
            }
        }
    }

    private void forget(int watch) {
        armed.remove(watch);
        libc.call(remove, inotify, watch);
    }

    @Override
    public Set<Path> await(Duration most) {
        epoll.await((int) Math.min(Integer.MAX_VALUE, most.plusNanos(999_999).toMillis()));
        return changed();
    }

    private synchronized Set<Path> changed() {
        var changed = new HashSet<Path>();
        while (!closed) {
            var filled = libc.call(read, inotify, events.address(), ROOM);
            if (filled <= 0) {
                break;
            }
            for (var at = 0L; at < filled; at += EVENT + events.get(JAVA_INT, at + 12)) {
                if ((events.get(JAVA_INT, at + 4) & QUEUE_OVERFLOW) != 0) {
                    changed.addAll(everything());
                } else {
                    changed.addAll(take(events.get(JAVA_INT, at)));
                }
            }
        }
        return changed;
    }

    /** Its watch is gone with its first event, and its number is not given again before all others were. */
    private Set<Path> take(int watch) {
        var files = armed.remove(watch);
        return files == null ? Set.of() : files;
    }

    /** Events were lost, and nobody knows whose. */
    private Set<Path> everything() {
        var all = new HashSet<Path>();
        armed.values().forEach(all::addAll);
        List.copyOf(armed.keySet()).forEach(this::forget);
        return all;
    }

    @Override
    public void wake() {
        epoll.wake();
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            armed.clear();
            epoll.close();
            libc.call(close, inotify);
        }
    }
}
