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
        var tried = tryOut(folder, blockSize);
        if (tried.certain()) {
            known.put(device, tried.ability());
        }
        return tried.ability();
    }

    /** @param certain whether it is so for good: what failed for another reason may do the next time */
    private record Tried(Ability ability, boolean certain) {}

    private static Tried tryOut(LogFolder folder, long blockSize) throws IOException {
        var name = "." + folder.name() + ".cut-trial";
        folder.delete(name);
        try (var file = folder.create(name)) {
            var align = blockSize;
            var collapses = collapses(file, align);
            while (collapses == Can.NOT_SO && align < LARGEST_ALIGN) {
                align *= 2;
                collapses = collapses(file, align);
            }
            if (collapses == Can.YES) {
                return new Tried(new Ability.Collapses(align), true);
            }
            var punches = can(() -> file.punch(0, blockSize));
            return new Tried(
                    punches == Can.YES ? new Ability.Punches() : new Ability.Nothing(),
                    collapses != Can.NOT_NOW && punches != Can.NOT_NOW);
        } finally {
            folder.delete(name);
        }
    }

    /** Whether a call is possible. */
    enum Can {
        YES,
        NO,
        /** Perhaps in larger multiples, for which a file system with clusters asks. */
        NOT_SO,
        /** For a reason that may pass. */
        NOT_NOW;

        static Can not(SystemFailure.Kind kind) {
            return switch (kind) {
                case NOT_SUPPORTED -> NO;
                case INVALID -> NOT_SO;
                case NO_SPACE, NOT_PERMITTED, MISSING, EXISTS, SYMLINK, BUSY, NOT_A_FILE, OTHER -> NOT_NOW;
            };
        }
    }

    private interface Call {
        void run() throws SystemFailure;
    }

    private static Can collapses(OpenFile file, long align) throws IOException {
        file.write(ByteBuffer.allocate((int) (2 * align)), 0);
        return can(() -> file.collapse(0, align));
    }

    private static Can can(Call call) throws SystemFailure {
        try {
            call.run();
            return Can.YES;
        } catch (SystemFailure e) {
            if (e.kind() == SystemFailure.Kind.NO_SPACE) {
                throw e;
            }
            return Can.not(e.kind());
        }
    }
}
