package dev.steward.daemon;

import dev.steward.posix.Fifos;
import dev.steward.posix.FileLock;
import dev.steward.posix.Handover;
import dev.steward.posix.Posix;
import dev.steward.posix.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a daemon holds as long as it lives, and hands over to the one that takes its place: the locks of its home, so that there is
 * no second daemon, and the FIFO at which a guard hears of its end.
 */
final class Hold implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Hold.class);
    private static final int LOCK_TRIES = 40;
    private static final int LOCK_PAUSE_MILLIS = 50;

    private final List<Fifos.Held> fifo;
    private final List<FileLock> locks;

    private Hold(List<Fifos.Held> fifo, List<FileLock> locks) {
        this.fifo = fifo;
        this.locks = locks;
    }

    /**
     * Takes all of it, from the predecessor if there is one.
     *
     * @throws CannotRun if a daemon runs already
     */
    static Hold take(Posix posix, Home home, Origin origin) throws IOException, CannotRun {
        var fifo = origin.guarded() ? fifo(home.guardFifo()) : List.<Fifos.Held>of();
        try {
            origin.predecessor().ifPresent(gone -> posix.inherit(gone.handover()));
            var folder = posix.locks().tryLockFolder(home.folder()).orElseThrow(() -> runsAlready(home));
            try {
                var hold = new Hold(fifo, List.of(folder, lockFile(posix, home)));
                posix.letGoOfFiles();
                return hold;
            } catch (IOException | CannotRun | RuntimeException e) {
                folder.close();
                throw e;
            }
        } catch (IOException | CannotRun | RuntimeException e) {
            fifo.forEach(Fifos.Held::close);
            throw e;
        }
    }

    /** A full disk keeps no daemon from starting; it has no second guard then. */
    private static List<Fifos.Held> fifo(Path file) {
        var fifos = Posix.fifosOnly();
        try {
            fifos.make(file);
            return List.of(fifos.hold(file));
        } catch (IOException e) {
            LOG.warn("If the guard dies, no other can watch this daemon: {}", e.getMessage());
            return List.of();
        }
    }

    /** The folder itself is locked, too: a lock file can be deleted under the daemon that holds it. Whoever only looks whether a daemon runs has this lock for a moment. */
    private static FileLock lockFile(Posix posix, Home home) throws IOException, CannotRun {
        var lock = posix.locks().tryLock(home.lock());
        for (var i = 0; i < LOCK_TRIES && lock.isEmpty(); i++) {
            posix.poller().await(LOCK_PAUSE_MILLIS);
            lock = posix.locks().tryLock(home.lock());
        }
        return lock.orElseThrow(() -> runsAlready(home));
    }

    private static CannotRun runsAlready(Home home) {
        var pid = "unknown";
        try {
            pid = Files.readString(home.pid()).strip();
        } catch (IOException e) {
            LOG.debug("{} cannot be read: {}", home.pid(), e.getMessage());
        }
        return new CannotRun(CannotRun.Why.RUNS_ALREADY, "a daemon runs on " + home.folder() + " already, pid " + pid);
    }

    /** For the program that takes this daemon's place. */
    Handover handover(List<Signal> signals) {
        return Handover.of(locks, fifo, signals);
    }

    /** Tells a guard that is not the parent that this end is wanted. */
    void endsWell() {
        fifo.forEach(held -> held.write("0\n"));
    }

    /** The locks first: whoever hears the end at the FIFO may start the next daemon at once. */
    @Override
    public void close() {
        locks.reversed().forEach(FileLock::close);
        fifo.forEach(Fifos.Held::close);
    }
}
