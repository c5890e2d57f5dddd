package dev.steward.posix;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Front door to what a supervisor needs of the system and the JDK doesn't have. */
public final class Posix implements AutoCloseable {
    private static final Path PROC = Path.of("/proc");

    private final Libc libc;
    private final Platform platform;
    private final DescriptorLimit limit;
    private final Processes processes;
    private final Poller poller;
    private final Inheritance inherited;

    private Posix(Libc libc, Platform platform, DescriptorLimit limit, Processes processes, Poller poller) {
        this.libc = libc;
        this.platform = platform;
        this.limit = limit;
        this.processes = processes;
        this.poller = poller;
        inherited = new Inheritance(libc);
    }

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
        return switch (platform.os()) {
            case LINUX -> {
                Orphans.inherit(libc);
                var processes = new ProcFs(PROC);
                yield new Posix(libc, platform, limit, processes, new EpollPoller(libc, limit, processes));
            }
            case MACOS -> {
                var processes = new MacProcesses(libc);
                yield new Posix(libc, platform, limit, processes, new KqueuePoller(libc, processes));
            }
            case OTHER -> throw new UnsupportedSystem("Steward runs on Linux and macOS.");
        };
    }

    /** Locks alone, for everybody else. */
    public static FileLocks locksOnly() {
        var platform = Platform.current();
        var libc = new Libc(platform.os());
        return new FileLocks(libc, platform, new Inheritance(libc));
    }

    /** Open files alone, for everybody else. */
    public static OpenFiles filesOnly() {
        return new OpenFiles(new Libc(Platform.current().os()), Platform.current());
    }

    /** Who writes to files, for everybody else. */
    public static Writers writersOnly() {
        var os = Platform.current().os();
        return new Writers(new Libc(os), os);
    }

    /** Acting as another user, for everybody. */
    public static Users users() {
        var os = Platform.current().os();
        return new Users(new Libc(os), os);
    }

    /** Hearing of changes of files, for everybody else; for its caller to close. */
    public static Changes changesOnly() {
        var platform = Platform.current();
        var libc = new Libc(platform.os());
        return changes(libc, platform, new DescriptorLimit(libc, platform));
    }

    private static Changes changes(Libc libc, Platform platform, DescriptorLimit limit) {
        return switch (platform.os()) {
            case LINUX -> InotifyChanges.open(libc, limit);
            case MACOS, OTHER -> new DeafChanges();
        };
    }

    /** Reading what may be replaced meanwhile, for everybody. */
    public static Glance glance() {
        var platform = Platform.current();
        return new Glance(new Libc(platform.os()), platform);
    }

    /** FIFOs alone, for everybody. */
    public static Fifos fifosOnly() {
        var platform = Platform.current();
        return new Fifos(new Libc(platform.os()), platform);
    }

    /** The sending of datagrams alone, for everybody. */
    public static DatagramSender datagramSender() {
        var platform = Platform.current();
        return new DatagramSender(new Libc(platform.os()), platform);
    }

    /** Locks that survive the process that took them. */
    public FileLocks locks() {
        return new FileLocks(libc, platform, inherited);
    }

    /** Files on which the system's own calls are wanted. */
    public OpenFiles files() {
        return new OpenFiles(libc, platform);
    }

    /** Who has files open for writing. */
    public Writers writers() {
        return new Writers(libc, platform.os());
    }

    /** Hears of changes of files; for its caller to close. */
    public Changes changes() {
        return changes(libc, platform, limit);
    }

    /** What runs on this machine. */
    public Processes processes() {
        return processes;
    }

    /** Starts processes; each is for one thread. */
    public Spawner spawner() {
        return new Spawner(libc, platform, limit);
    }

    /** Hears of the ends of processes; for the supervising thread. */
    public Poller poller() {
        return poller;
    }

    /** Another one, for a thread of its own, which closes it. */
    public Poller anotherPoller() {
        return switch (platform.os()) {
            case LINUX -> new EpollPoller(libc, limit, new ProcFs(PROC));
            case MACOS, OTHER -> new KqueuePoller(libc, processes);
        };
    }

    /** Reaches process groups. */
    public Signals signals() {
        return new Signals(libc);
    }

    /** Puts another program in this one's place. */
    public Exec exec() {
        return new Exec(libc, platform, limit);
    }

    /**
     * Opens what receives datagrams; for its caller to close.
     *
     * @throws UnsupportedSystem on macOS
     */
    public Datagrams datagrams() {
        return switch (platform.os()) {
            case LINUX -> new Datagrams(libc, limit, inherited);
            case MACOS, OTHER ->
                throw new UnsupportedSystem(
                        "This system does not say who sent a datagram, so nobody could be believed. "
                                + "Let agents write a file or ping instead.");
        };
    }

    /**
     * Takes over what the last program in this process's place handed over. A lock goes to whoever takes it by {@link #locks}, without
     * having been free; a socket to whoever listens on its name by {@link #datagrams}. On macOS locks are free for a moment.
     */
    public void inherit(Handover handover) {
        inherited.accept(handover, platform.os());
    }

    /** Closes what of the files that were handed over nobody has taken. */
    public void letGoOfFiles() {
        inherited.closeFiles();
    }

    /** Closes and removes the sockets that were handed over, or left, and on which nobody listens. */
    public void letGoOfSockets() {
        inherited.closeSockets();
    }

    /** The same, and the sockets that were {@linkplain Datagrams#leave left}. */
    public Handover withSockets(Handover handover) {
        return handover.with(inherited.sockets());
    }

    /**
     * From now on each of these signals does this; but one that is ignored since this program began stays so, as nohup(1) wants it.
     * Those that were handed over are heard again, and what came of them meanwhile comes at once. To be called by a thread that lives
     * as long as signals are to be heard.
     *
     * @param ours are heard even if they are ignored
     * @throws UnsupportedSystem if this JVM cannot do so
     */
    public void heard(Map<Signal, Runnable> actions, List<Signal> ours) {
        var exec = exec();
        exec.reset(ours);
        actions.forEach(OsSignals::on);
        exec.letIn(ours);
    }

    @Override
    public void close() {
        inherited.closeFiles();
        inherited.closeSockets();
        poller.close();
    }
}
