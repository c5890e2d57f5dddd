package dev.steward.posix;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * Starts processes with posix_spawn(3). The JDK can't put a child into a session of its own, and starts it through a helper
 * binary; this takes a third of the time. To be used by one thread.
 */
public final class Spawner {
    /** Both types are opaque; glibc's are 80 and 336 bytes, musl's and macOS's are smaller. */
    private static final int OPAQUE = 512;

    /** glibc's and musl's sigset_t is 128 bytes, macOS's 4. */
    private static final int SIGNAL_SET = 128;

    private static final int LIFE = 3;
    private static final int LOG_MODE = 0640;

    private final Libc libc;
    private final Platform platform;
    private final DescriptorLimit limit;
    private final MemorySegment spawn;
    private final MemorySegment yieldProcessor;
    private final MemorySegment attributesInit;
    private final MemorySegment attributesFlags;
    private final MemorySegment attributesMask;
    private final MemorySegment attributesDefault;
    private final MemorySegment attributesDestroy;
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
        attributesDestroy = libc.function("posix_spawnattr_destroy");
        actionsInit = libc.function("posix_spawn_file_actions_init");
        actionsOpen = libc.function("posix_spawn_file_actions_addopen");
        actionsDup = libc.function("posix_spawn_file_actions_adddup2");
        actionsDirectory = libc.function("posix_spawn_file_actions_addchdir_np");
        actionsDestroy = libc.function("posix_spawn_file_actions_destroy");
        actionsCloseFrom = libc.find("posix_spawn_file_actions_addclosefrom_np");
    }

    /**
     * Starts a process and returns its pid.
     *
     * @throws SpawnFailed if the kernel refused; nothing was started then
     */
    public long spawn(SpawnRequest request) throws SpawnFailed {
        try (var arena = Arena.ofConfined()) {
            var attributes = attributes(arena);
            var actions = actions(arena, request);
            try {
                return start(arena, request, actions, attributes);
            } finally {
                libc.call(actionsDestroy, actions.address());
                libc.call(attributesDestroy, attributes.address());
            }
        }
    }

    private long start(Arena arena, SpawnRequest request, MemorySegment actions, MemorySegment attributes)
            throws SpawnFailed {
        var pid = arena.allocate(ValueLayout.JAVA_INT);
        var program = arena.allocateFrom(request.argv().getFirst());
        var argv = CStrings.array(arena, request.argv());
        var environment = CStrings.array(arena, CStrings.assignments(request.environment()));
        var error = limit.asTheUserHadIt(() -> libc.call(
                spawn,
                pid.address(),
                program.address(),
                actions.address(),
                attributes.address(),
                argv.address(),
                environment.address()));
        // The child goes first: what this thread does next would keep it from its processor.
        libc.call(yieldProcessor);
        if (error != 0) {
            throw new SpawnFailed(libc.describe(Math.abs(error)));
        }
        return pid.get(ValueLayout.JAVA_INT, 0);
    }

    private MemorySegment attributes(Arena arena) {
        var attributes = arena.allocate(OPAQUE, 16);
        require(libc.call(attributesInit, attributes.address()));
        require(libc.call(attributesFlags, attributes.address(), platform.spawnFlags()));
        var signals = arena.allocate(SIGNAL_SET, 8);
        require(libc.call(attributesMask, attributes.address(), signals.address()));
        // Not sigfillset(3): glibc's leaves out two signals of its own, which would be ignored in the child then.
        signals.fill((byte) 0xff);
        require(libc.call(attributesDefault, attributes.address(), signals.address()));
        return attributes;
    }

    private MemorySegment actions(Arena arena, SpawnRequest request) {
        var actions = arena.allocate(OPAQUE, 16);
        var address = actions.address();
        require(libc.call(actionsInit, address));
        // First the lock, for its own number in this process may be one of those that are overwritten next.
        require(libc.call(actionsDup, address, request.life().descriptor(), LIFE));
        var nothing = arena.allocateFrom("/dev/null");
        require(libc.call(actionsOpen, address, 0, nothing.address(), 0, 0));
        var output = arena.allocateFrom(request.output().toString());
        var flags = platform.writeOnly() | platform.create() | platform.append();
        require(libc.call(actionsOpen, address, 1, output.address(), flags, LOG_MODE));
        require(libc.call(actionsDup, address, 1, 2));
        var directory = arena.allocateFrom(request.directory().toString());
        require(libc.call(actionsDirectory, address, directory.address()));
        closeTheRest(address);
        return actions;
    }

    /** macOS does this by a flag. A C library without the action lets the kernel mark this process's own descriptors. */
    private void closeTheRest(long actions) {
        if (platform.os() == Os.MACOS) {
            return;
        }
        if (actionsCloseFrom.isPresent()) {
            require(libc.call(actionsCloseFrom.get(), actions, LIFE + 1));
        } else {
            SystemCall.closeOnExecFrom(libc, platform, LIFE + 1);
        }
    }

    private void require(int result) {
        if (result != 0) {
            throw new IllegalStateException("posix_spawn could not be prepared: " + libc.describe(Math.abs(result)));
        }
    }
}
