package dev.steward.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What {@link Spawner#prepare} made ready of a process that is to be started over and over: written once as the kernel takes it. To
 * be used by the thread that uses its spawner.
 */
public final class PreparedSpawn implements AutoCloseable {
    /** How many variables may come with each start. */
    static final int MOST_CHANGING = 8;

    private static final int NOBODY = -1;

    private final Actions actions;
    private final MemorySegment argv;
    private final MemorySegment environment;
    private final int unchanging;
    private final MemorySegment directory;
    private final MemorySegment output;
    private final MemorySegment fileActions;
    private int life = NOBODY;

    PreparedSpawn(Actions actions, List<String> argv, Map<String, String> environment, Path directory, Path output) {
        this.actions = actions;
        var assignments = CStrings.assignments(environment);
        var paths = List.of(directory.toString(), output.toString());
        var room = CStrings.room(argv)
                + CStrings.room(assignments)
                + CStrings.room(paths)
                + ADDRESS.byteSize() * MOST_CHANGING
                + Spawner.OPAQUE;
        // In one piece: thirty strings in pieces of their own take several times their length.
        var memory = SegmentAllocator.slicingAllocator(Arena.ofAuto().allocate(room, Spawner.ALIGNMENT));
        fileActions = memory.allocate(Spawner.OPAQUE, Spawner.ALIGNMENT);
        this.environment = memory.allocate(ADDRESS, assignments.size() + MOST_CHANGING + 1L);
        this.argv = CStrings.array(memory, argv);
        for (var i = 0; i < assignments.size(); i++) {
            this.environment.setAtIndex(ADDRESS, i, memory.allocateFrom(assignments.get(i)));
        }
        unchanging = assignments.size();
        this.directory = memory.allocateFrom(paths.getFirst());
        this.output = memory.allocateFrom(paths.getLast());
    }

    /** Makes and drops what posix_spawn(3) does with files in the child: the C library's own memory. */
    interface Actions {
        /** Writes the actions for a process with this descriptor as its life. */
        void make(MemorySegment fileActions, int life, MemorySegment output, MemorySegment directory);

        void destroy(MemorySegment fileActions);
    }

    MemorySegment program() {
        return argv.get(ADDRESS, 0);
    }

    MemorySegment argv() {
        return argv;
    }

    /** The environment with these variables, which are written into memory that belongs to the caller. */
    MemorySegment environment(Map<String, String> changing, SegmentAllocator memory) {
        if (changing.size() > MOST_CHANGING) {
            throw new IllegalArgumentException("more than " + MOST_CHANGING + " variables: " + changing.keySet());
        }
        var index = unchanging;
        for (var variable : changing.entrySet()) {
            var assignment = memory.allocateFrom(variable.getKey() + "=" + variable.getValue());
            environment.setAtIndex(ADDRESS, index++, assignment);
        }
        environment.setAtIndex(ADDRESS, index, MemorySegment.NULL);
        return environment;
    }

    /** Made anew only if the descriptor is another than at the last start, and it seldom is. */
    MemorySegment fileActions(int descriptor) {
        if (life != descriptor) {
            close();
            actions.make(fileActions, descriptor, output, directory);
            life = descriptor;
        }
        return fileActions;
    }

    /** Gives memory back; it may be used again all the same. */
    @Override
    public void close() {
        if (life != NOBODY) {
            life = NOBODY;
            actions.destroy(fileActions);
        }
    }
}
