package dev.steward.posix;

import java.nio.file.Path;

/**
 * Front door to what a supervisor needs of the system and the JDK doesn't have.
 *
 * @param locks locks that survive the process that took them
 * @param processes what runs on this machine
 * @param spawner starts processes; for the supervising thread
 * @param poller hears of their ends; for the supervising thread
 * @param signals reaches process groups
 */
public record Posix(FileLocks locks, Processes processes, Spawner spawner, Poller poller, Signals signals)
        implements AutoCloseable {
    /**
     * For a supervisor: raises the limit of open files, and makes this process the one that inherits orphans.
     *
     * @throws UnsupportedSystem if this machine lacks something; the message says what
     */
    public static Posix forSupervisor() {
        var platform = Platform.current();
        var libc = new Libc(platform.os());
        var limit = new DescriptorLimit(libc, platform);
        limit.raise();
        var signals = new Signals(libc);
        var spawner = new Spawner(libc, platform, limit);
        var locks = new FileLocks(libc, platform);
        return switch (platform.os()) {
            case LINUX -> {
                Orphans.inherit(libc);
                var processes = new ProcFs(Path.of("/proc"));
                yield new Posix(locks, processes, spawner, new EpollPoller(libc, limit, processes), signals);
            }
            case MACOS -> {
                var processes = new MacProcesses(libc);
                yield new Posix(locks, processes, spawner, new KqueuePoller(libc, processes), signals);
            }
            case OTHER -> throw new UnsupportedSystem("Steward runs on Linux and macOS.");
        };
    }

    /** Locks alone, for everybody else. */
    public static FileLocks locksOnly() {
        var platform = Platform.current();
        return new FileLocks(new Libc(platform.os()), platform);
    }

    @Override
    public void close() {
        poller.close();
    }
}
