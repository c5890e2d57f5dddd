package dev.steward.orders;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Syncs the names in one folder for many threads at once: whoever asks while a sync is under way shares the next one, since the one
 * under way may have begun before its change.
 */
final class FolderSync {
    private final Path folder;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private long asked;
    private long done;
    private boolean underWay;

    FolderSync(Path folder) {
        this.folder = folder;
    }

    /** Returns when all names that were there at the call are on disk. */
    void sync() throws IOException {
        lock.lock();
        try {
            var mine = ++asked;
            while (done < mine) {
                if (underWay) {
                    ended.awaitUninterruptibly();
                } else {
                    lead();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Those who wait try themselves if it fails. */
    private void lead() throws IOException {
        underWay = true;
        var upTo = asked;
        lock.unlock();
        try {
            Disk.syncFolder(folder);
        } finally {
            lock.lock();
            underWay = false;
            ended.signalAll();
        }
        done = upTo;
    }
}
