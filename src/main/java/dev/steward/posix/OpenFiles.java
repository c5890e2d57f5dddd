package dev.steward.posix;

import java.lang.foreign.Arena;
import java.nio.file.Path;

/**
 * Opens files with what the JDK doesn't ask for: nobody's symbolic link is followed in the last place of the path, and to open waits
 * for nobody, neither for a FIFO's other end nor for the holder of a lease. Children don't inherit what is opened. See open(2).
 * Thread-safe.
 */
public final class OpenFiles {
    private static final String NOT_OPENED = "cannot be opened";

    private final FileCalls calls;
    private final int noFollow;
    private final int careful;
    private final int update;
    private final int create;

    OpenFiles(Libc libc, Platform platform) {
        calls = new FileCalls(libc, platform.os());
        noFollow = platform.noFollow();
        careful = noFollow | platform.nonBlocking() | platform.closeOnExec() | calls.system.noTerminal();
        update = platform.readWrite() | careful;
        // Never with O_APPEND: on Linux pwrite(2) would append wherever it is told to write.
        create = update | platform.create() | calls.system.exclusive();
    }

    /**
     * Opens a file that is there for reading and writing.
     *
     * @throws SystemFailure if it cannot be opened; SYMLINK if it is a symbolic link
     */
    public OpenFile update(Path file) throws SystemFailure {
        return open(file, update, 0, NOT_OPENED);
    }

    /**
     * Opens a file that is there for reading. It may be a folder: {@link OpenFile#facts} tells.
     *
     * @throws SystemFailure if it cannot be opened; SYMLINK if it is a symbolic link
     */
    public OpenFile read(Path file) throws SystemFailure {
        return open(file, careful, 0, NOT_OPENED);
    }

    /**
     * Makes a file for reading and writing.
     *
     * @param mode permission bits, of which the process's umask takes some away; {@link OpenFile#mode} sets all
     * @throws SystemFailure if it cannot be made; EXISTS if something has that name, a link that leads nowhere too
     */
    public OpenFile create(Path file, int mode) throws SystemFailure {
        return open(file, create, mode, "cannot be made");
    }

    /**
     * What has that name at this moment, without opening it: of a symbolic link the link itself.
     *
     * @throws SystemFailure if that cannot be found out; MISSING if there is nothing
     */
    public FileFacts facts(Path file) throws SystemFailure {
        try (var arena = Arena.ofConfined()) {
            var facts = arena.allocate(calls.system.factsSize(), 8);
            var path = arena.allocateFrom(file.toString());
            calls.need(file, "cannot be looked at", FileCalls.patiently(() -> calls.system.facts(path, facts)));
            return calls.system.read(facts);
        }
    }

    /**
     * Returns once the names in a folder are on the disk: files made, renamed and deleted there, not their content. A symbolic link to
     * a folder is followed.
     *
     * @throws SystemFailure if the disk fails, or the folder cannot be opened
     */
    public void syncFolder(Path folder) throws SystemFailure {
        try (var open = open(folder, careful & ~noFollow, 0, NOT_OPENED)) {
            open.sync();
        } catch (SystemFailure e) {
            // Where folders cannot be synced there is nothing that could be done instead.
            if (e.kind() != SystemFailure.Kind.INVALID) {
                throw e;
            }
        }
    }

    private OpenFile open(Path file, int flags, int mode, String what) throws SystemFailure {
        try (var arena = Arena.ofConfined()) {
            var path = arena.allocateFrom(file.toString()).address();
            var descriptor = FileCalls.patiently(() -> calls.libc.variadic(calls.open, path, flags, mode));
            return new OpenFile(calls, file, (int) calls.need(file, what, descriptor));
        }
    }
}
