package dev.steward.orders.work;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The files of an attempt, in a folder that is its order's. They have to outlast the daemon, not the machine, so nothing is synced.
 *
 * @param folder of the order's attempts
 * @param number of this attempt
 */
record AttemptFiles(Path folder, int number) {
    /** What the status file says until the handler has ended: written before, so that a disk that is full then has room for the end. */
    private static final String HELD = "running\n";

    /** What it says of a handler that was never let go. */
    private static final String NEVER = "never";

    private static final Pattern ENDED = Pattern.compile("ended ([0-9]{1,3})");
    private static final int LONGEST_STATUS = 64;

    static AttemptFiles of(Path work, String id, int number) {
        return new AttemptFiles(work.resolve(id), number);
    }

    /** Locked by every process of the order's handlers: the kernel lets go of the lock when the last of them has ended. */
    Path life() {
        return folder.resolve("life");
    }

    /** A FIFO at which the handler waits until the attempt is recorded. */
    Path gate() {
        return folder.resolve(number + ".gate");
    }

    /** What the handler writes to its standard output and error. */
    Path output() {
        return folder.resolve(number + ".out");
    }

    /** What the handler may write its result into. */
    Path result() {
        return folder.resolve(number + ".result");
    }

    /** How the handler ended. */
    Path status() {
        return folder.resolve(number + ".status");
    }

    /** Makes the folder, for nobody else's eyes. */
    void makeFolder() throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        var work = folder.resolveSibling("");
        if (!Files.isDirectory(work)) {
            Files.createDirectories(work, ownerOnly);
        }
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(folder, ownerOnly);
        }
    }

    /** Removes what an attempt of the same number left that was never recorded, and makes room for the status. */
    void prepare() throws IOException {
        for (var file : new Path[] {gate(), output(), result(), status()}) {
            Files.deleteIfExists(file);
        }
        Files.writeString(status(), HELD);
    }

    /** How its handler ended, as far as that is written down. */
    Written written() {
        try {
            if (!Files.isRegularFile(status(), LinkOption.NOFOLLOW_LINKS) || Files.size(status()) > LONGEST_STATUS) {
                return Written.NOTHING;
            }
            var line = Files.readString(status()).lines().findFirst().orElse("");
            var ended = ENDED.matcher(line);
            return ended.matches()
                    ? new Written(OptionalInt.of(Integer.parseInt(ended.group(1))), false)
                    : new Written(OptionalInt.empty(), line.equals(NEVER));
        } catch (IOException unreadable) {
            return Written.NOTHING;
        }
    }

    /**
     * What the status file says.
     *
     * @param never the handler was not let go, so nothing was done
     */
    record Written(OptionalInt status, boolean never) {
        static final Written NOTHING = new Written(OptionalInt.empty(), false);
    }

    /** Removes everything of the order's attempts. Only while nothing of them lives: who has the life file locked keeps its name free. */
    void remove() throws IOException {
        try (var all = Files.newDirectoryStream(folder)) {
            for (var file : all) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (NoSuchFileException gone) {
            return;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }
}
