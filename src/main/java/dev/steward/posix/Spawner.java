package dev.steward.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts processes with posix_spawn(3). The JDK can't put a child into a session of its own, and starts it through a helper
 * binary; this takes a third of the time. To be used by one thread.
 */
public final class Spawner {
    /** Both types are opaque; glibc's are 80 and 336 bytes, musl's and macOS's are smaller. */
    static final int OPAQUE = 512;

    static final int ALIGNMENT = 16;

    /** glibc's and musl's sigset_t is 128 bytes, macOS's 4. */
    private static final int SIGNAL_SET = 128;

    private static final int LIFE = 3;
    private static final int LOG_MODE = 0640;

    private final Libc libc;
    private final Platform platform;
    private final DescriptorLimit limit;
    private final PreparedSpawn.Actions actions = new FileActions();
    private final MemorySegment attributes;
    private final MemorySegment nothing;
    private final MemorySegment pid;
    private final MemorySegment spawn;
    private final MemorySegment yieldProcessor;
    private final MemorySegment attributesInit;
    private final MemorySegment attributesFlags;
    private final MemorySegment attributesMask;
    private final MemorySegment attributesDefault;
    private final MemorySegment actionsInit;
    private final MemorySegment actionsOpen;
    private final MemorySegment actionsDup;
    private final MemorySegment actionsDirectory;
    private final MemorySegment actionsDestroy;
    private final Optional<MemorySegment> actionsCloseFrom;

    Spawner(Libc libc, Platform platform, DescriptorLimit limit) {
        this.libc = libc;
        this.platform = platform;
        this.limit = limit;
        spawn = libc.function("posix_spawn");
        yieldProcessor = libc.function("sched_yield");
        attributesInit = libc.function("posix_spawnattr_init");
        attributesFlags = libc.function("posix_spawnattr_setflags");
        attributesMask = libc.function("posix_spawnattr_setsigmask");
        attributesDefault = libc.function("posix_spawnattr_setsigdefault");
        actionsInit = libc.function("posix_spawn_file_actions_init");
        actionsOpen = libc.function("posix_spawn_file_actions_addopen");
        actionsDup = libc.function("posix_spawn_file_actions_adddup2");
        actionsDirectory = libc.function("posix_spawn_file_actions_addchdir_np");
        actionsDestroy = libc.function("posix_spawn_file_actions_destroy");
        actionsCloseFrom = libc.find("posix_spawn_file_actions_addclosefrom_np");
        var arena = Arena.ofAuto();
        nothing = arena.allocateFrom("/dev/null");
        pid = arena.allocate(ValueLayout.JAVA_INT);
        attributes = attributes(arena);
    }

    /**
     * Starts a process and returns its pid.
     *
     * @throws SpawnFailed if the kernel refused; nothing was started then
     */
    public long spawn(SpawnRequest request) throws SpawnFailed {
        try (var prepared = prepare(request.argv(), request.environment(), request.directory(), request.output())) {
            return spawn(prepared, Map.of(), request.life());
        }
    }

    /**
     * Makes ready what doesn't change from one start of a process to the next; the words are those of {@link SpawnRequest}. To be
     * closed when it is no longer needed.
     *
     * @param environment all of it but what comes with each start
     */
    public PreparedSpawn prepare(List<String> argv, Map<String, String> environment, Path directory, Path output) {
        return new PreparedSpawn(actions, argv, environment, directory, output);
    }

    /**
     * Starts a process and returns its pid.
     *
     * @param changing the variables of this start, eight at most, none of which is in what was prepared
     * @throws SpawnFailed if the kernel refused; nothing was started then
     */
    public long spawn(PreparedSpawn prepared, Map<String, String> changing, FileLock life) throws SpawnFailed {
        try (var arena = Arena.ofConfined()) {
            var fileActions = prepared.fileActions(life.descriptor());
            var environment = prepared.environment(changing, arena);
            if (platform.os() == Os.LINUX && actionsCloseFrom.isEmpty()) {
                SystemCall.closeOnExecFrom(libc, platform, LIFE + 1);
            }
            var error = limit.asTheUserHadIt(() -> libc.call(
                    spawn,
                    pid.address(),
                    prepared.program().address(),
                    fileActions.address(),
                    attributes.address(),
                    prepared.argv().address(),
                    environment.address()));
            // The child goes first: what this thread does next would keep it from its processor.
            libc.call(yieldProcessor);
            if (error != 0) {
                throw new SpawnFailed(libc.describe(Math.abs(error)));
            }
            return pid.get(ValueLayout.JAVA_INT, 0);
        }
    }

    private MemorySegment attributes(Arena arena) {
        var made = arena.allocate(OPAQUE, ALIGNMENT);
        require(libc.call(attributesInit, made.address()));
        require(libc.call(attributesFlags, made.address(), platform.spawnFlags()));
        var signals = arena.allocate(SIGNAL_SET, 8);
        require(libc.call(attributesMask, made.address(), signals.address()));
        // Not sigfillset(3): glibc's leaves out two signals of its own, which would be ignored in the child then.
        signals.fill((byte) 0xff);
        require(libc.call(attributesDefault, made.address(), signals.address()));
        return made;
    }

    private final class FileActions implements PreparedSpawn.Actions {
        @Override
        public void make(MemorySegment fileActions, int life, MemorySegment output, MemorySegment directory) {
            var address = fileActions.address();
            require(libc.call(actionsInit, address));
            // First the lock, for its own number in this process may be one of those that are overwritten next.
            require(libc.call(actionsDup, address, life, LIFE));
            require(libc.call(actionsOpen, address, 0, nothing.address(), 0, 0));
            // Not waiting for anybody: a FIFO that takes the log's place would hold the spawn up, and all supervision
            // with it.
            var flags = platform.writeOnly() | platform.create() | platform.append() | platform.nonBlocking();
            require(libc.call(actionsOpen, address, 1, output.address(), flags, LOG_MODE));
            require(libc.call(actionsDup, address, 1, 2));
            require(libc.call(actionsDirectory, address, directory.address()));
            // macOS does this by a flag. A C library without the action leaves it to each start.
            actionsCloseFrom.ifPresent(closeFrom -> require(libc.call(closeFrom, address, LIFE + 1)));
        }

        @Override
        public void destroy(MemorySegment fileActions) {
            libc.call(actionsDestroy, fileActions.address());
        }
    }

    private void require(int result) {
        if (result != 0) {
            throw new IllegalStateException("posix_spawn could not be prepared: " + libc.describe(Math.abs(result)));
        }
    }
}
