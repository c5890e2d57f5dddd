package dev.steward.logs;

import dev.steward.posix.OpenFile;
import dev.steward.posix.SystemFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What file systems can do, found by trying on a small file, once a mount. Thread-safe. */
final class Abilities {
    private static final long LARGEST_ALIGN = 1 << 20;

    private final Map<Long, Ability> known = new ConcurrentHashMap<>();

    /**
     * What can be done in this folder.
     *
     * @param device of the file system
     * @param blockSize of the file system, in bytes
     * @throws IOException if it cannot be tried: the disk is full, or nothing may be written there
     */
    Ability in(LogFolder folder, long device, long blockSize) throws IOException {
        var present = known.get(device);
        if (present != null) {
            return present;
        }
        var found = tryOut(folder, blockSize);
        known.put(device, found);
        return found;
    }

    private static Ability tryOut(LogFolder folder, long blockSize) throws IOException {
        var name = "." + folder.name() + ".cut-trial";
        folder.delete(name);
        try (var file = folder.create(name)) {
            for (var align = blockSize; align <= LARGEST_ALIGN; align *= 2) {
                file.write(ByteBuffer.allocate((int) (2 * align)), 0);
                var can = collapses(file, align);
                if (can != Can.NOT_SO) {
                    return can == Can.YES ? new Ability.Collapses(align) : punches(file, align);
                }
            }
            return punches(file, LARGEST_ALIGN);
        } finally {
            folder.delete(name);
        }
    }

    private enum Can {
        YES,
        NO,
        /** Perhaps in larger multiples, for which a file system with clusters asks. */
        NOT_SO
    }

    private static Can collapses(OpenFile file, long align) throws IOException {
        try {
            file.collapse(0, align);
            return Can.YES;
        } catch (SystemFailure e) {
            return switch (e.kind()) {
                case INVALID -> Can.NOT_SO;
                case NO_SPACE -> throw e;
                default -> Can.NO;
            };
        }
    }

    private static Ability punches(OpenFile file, long align) throws IOException {
        try {
            file.punch(0, align);
            return new Ability.Punches();
        } catch (SystemFailure e) {
            if (e.kind() == SystemFailure.Kind.NO_SPACE) {
                throw e;
            }
            return new Ability.Nothing();
        }
    }
}
