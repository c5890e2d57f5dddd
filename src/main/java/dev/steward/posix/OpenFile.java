package dev.steward.posix;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * An open file, with those system calls that the JDK has no method for. Offsets and counts are in bytes. What is refused is a
 * {@link SystemFailure}; a signal that comes between is none. For one thread at a time.
 */
public final class OpenFile implements AutoCloseable {
    private static final int LOCK_EX = 2;
    private static final int LOCK_NB = 4;
    private static final int LOCK_UN = 8;

    private final FileCalls calls;
    private final Path file;
    private final int descriptor;
    private boolean open = true;
    private boolean locked;

    OpenFile(FileCalls calls, Path file, int descriptor) {
        this.calls = calls;
        this.file = file;
        this.descriptor = descriptor;
    }

    private int descriptor() {
        if (!open) {
            // Its number may be another file's by now.
            throw new IllegalStateException(file + " is closed");
        }
        return descriptor;
    }

    /** What the kernel keeps of it at this moment. */
    public FileFacts facts() throws SystemFailure {
        try (var arena = Arena.ofConfined()) {
            var facts = arena.allocate(calls.system.factsSize(), 8);
            var number = descriptor();
            done("cannot be looked at", FileCalls.patiently(() -> calls.system.facts(number, facts)));
            return calls.system.read(facts);
        }
    }

    /**
     * Takes the exclusive lock of this open file, by flock(2), until it is closed or this process has ended.
     *
     * @return false if another opening of the file has it
     */
    public boolean tryLock() throws SystemFailure {
        var number = descriptor();
        var result = FileCalls.patiently(() -> calls.libc.call(calls.flock, number, LOCK_EX | LOCK_NB));
        if (result == -Errno.again(calls.os)) {
            return false;
        }
        done("cannot be locked", result);
        locked = true;
        return true;
    }

    /**
     * Reads what is there into the buffer, from its position on, and moves that: pread(2). Less than the buffer has room for is not
     * the end.
     *
     * @return how many bytes; 0 at the end of the file, or if the buffer has no room
     */
    public int read(ByteBuffer into, long at) throws SystemFailure {
        return content().read(into, at);
    }

    /** The same until the buffer is full or the file at its end. */
    public void readFully(ByteBuffer into, long at) throws SystemFailure {
        var start = into.position();
        var read = 1;
        while (into.hasRemaining() && read > 0) {
            read = read(into, at + into.position() - start);
        }
    }

    /** Writes what the buffer has, all of it, and moves its position: pwrite(2). After a failure that says how far it came. */
    public void write(ByteBuffer from, long at) throws SystemFailure {
        content().write(from, at);
    }

    /**
     * Copies bytes into another file, through memory that is outside of the heap.
     *
     * @return how many bytes; less than {@code count} only where this file ends
     */
    public long copyTo(OpenFile target, long from, long to, long count) throws SystemFailure {
        return content().copyTo(target.content(), from, to, count);
    }

    private Content content() {
        return new Content(calls, file, descriptor());
    }

    /** Has the disk begin to write what was written there, so that less is left for {@link #sync}; a hint, which never fails. */
    public void startWriteback(long from, long count) {
        calls.system.startWriteback(descriptor(), from, count);
    }

    /**
     * Frees the space of a range, which reads as NULs then; the size stays. To do it again changes nothing.
     *
     * @throws SystemFailure NOT_SUPPORTED or INVALID where the file system cannot do so, or not at these places
     */
    public void punch(long from, long length) throws SystemFailure {
        var number = descriptor();
        done("cannot be punched", FileCalls.patiently(() -> calls.system.punch(number, from, length)));
    }

    /**
     * Takes a range out: what comes after it moves up, while others go on appending. Both numbers must be multiples of the file
     * system's block, and the range must end before the file does. After a signal it is not tried again, since a second time would
     * take out what is not to be: that is BUSY, and {@link #nextData} tells a range that was punched before from what follows it.
     *
     * @throws SystemFailure NOT_SUPPORTED where the file system cannot do so, INVALID where it cannot at these places
     */
    public void collapse(long from, long length) throws SystemFailure {
        done("cannot be shortened at its head", calls.system.collapse(descriptor(), from, length));
    }

    /** Where the next bytes are that take space, at or after that place; the size of the file if there are none. */
    public long nextData(long at) throws SystemFailure {
        var number = descriptor();
        return sought(FileCalls.patientlyLong(() -> calls.system.nextData(number, at)));
    }

    /** Where the next hole begins, at or after that place; the size of the file if there is none. */
    public long nextHole(long at) throws SystemFailure {
        var number = descriptor();
        return sought(FileCalls.patientlyLong(() -> calls.system.nextHole(number, at)));
    }

    private long sought(long found) throws SystemFailure {
        return found == -Errno.ENXIO ? facts().size() : done("cannot be searched for holes", found);
    }

    public void truncate(long size) throws SystemFailure {
        var number = descriptor();
        done("cannot be truncated", FileCalls.patiently(() -> calls.libc.call(calls.truncate, number, size)));
    }

    /** Returns once all of it is on the disk. */
    public void sync() throws SystemFailure {
        var number = descriptor();
        done("cannot be brought to the disk", FileCalls.patiently(() -> calls.system.sync(number)));
    }

    /** Returns once its content and size are on the disk; its times and rights may not be. */
    public void syncData() throws SystemFailure {
        var number = descriptor();
        done("cannot be brought to the disk", FileCalls.patiently(() -> calls.system.syncData(number)));
    }

    /** Gives it to a user and a group. */
    public void own(int uid, int gid) throws SystemFailure {
        var number = descriptor();
        done(
                "cannot be given to uid " + uid + " and gid " + gid,
                FileCalls.patiently(() -> calls.libc.call(calls.own, number, uid, gid)));
    }

    /** Sets its permission bits, whatever the umask. */
    public void mode(int permissions) throws SystemFailure {
        var number = descriptor();
        done(
                "cannot be given the rights " + Integer.toOctalString(permissions),
                FileCalls.patiently(() -> calls.libc.call(calls.mode, number, permissions)));
    }

    /** Sets the time of its last change, and leaves that of its last reading. */
    public void modified(Instant at) throws SystemFailure {
        try (var arena = Arena.ofConfined()) {
            var times = arena.allocateFrom(
                    JAVA_LONG, 0, calls.system.leaveTime(), at.getEpochSecond(), (long) at.getNano());
            var number = descriptor();
            done(
                    "cannot be given another time",
                    FileCalls.patiently(() -> calls.libc.call(calls.times, number, times.address())));
        }
    }

    /**
     * The value of an extended attribute, see xattr(7); empty if it has none of that name.
     *
     * @throws SystemFailure NOT_SUPPORTED where the file system has none at all
     */
    public Optional<String> attribute(String name) throws SystemFailure {
        return new Attributes(calls, file, descriptor()).get(name);
    }

    /** Sets an extended attribute. */
    public void attribute(String name, String value) throws SystemFailure {
        new Attributes(calls, file, descriptor()).set(name, value);
    }

    /** Removes an extended attribute, if it is there. */
    public void removeAttribute(String name) throws SystemFailure {
        new Attributes(calls, file, descriptor()).remove(name);
    }

    private long done(String what, long result) throws SystemFailure {
        return calls.need(file, what, result);
    }

    /** Closes it and gives its lock back, also if a child that is being started has the open file for a moment longer. */
    @Override
    public void close() {
        if (open) {
            if (locked) {
                calls.libc.call(calls.flock, descriptor, LOCK_UN);
            }
            open = false;
            calls.libc.call(calls.close, descriptor);
        }
    }
}
