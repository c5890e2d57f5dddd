package dev.steward.logs;

import dev.steward.config.LogRules.Strategy;
import dev.steward.posix.FileFacts;
import dev.steward.posix.OpenFiles;
import dev.steward.posix.SystemFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.Optional;

/**
 * Compresses archives by gzip (RFC 1952). That takes its time, so it needs no lock and may be done while the log is rotated; only to put
 * the result in its place takes the log's lock for a moment. Whoever is killed leaves a hidden file, which the next replaces.
 */
final class Compression {
    private static final int ROOT = 0;

    private final OpenFiles files;
    private final Around around;

    Compression(OpenFiles files, Around around) {
        this.files = files;
        this.around = around;
    }

    /**
     * A compressed archive that waits for its place.
     *
     * @param made the file of that name, if nobody has begun another one since
     * @param plain what was compressed; its number changes while it waits
     */
    record Pressed(Log log, String file, FileId made, FileFacts plain) {}

    /** Compresses the oldest archive that is to be; empty if there is none. Any thread. */
    Optional<Pressed> press(Log log) throws IOException {
        var folder = new LogFolder(files, log.path());
        if (!log.rules().compress() || !Files.isDirectory(folder.path())) {
            return Optional.empty();
        }
        removeStale(folder);
        var archives = folder.archives();
        for (var archive : archives.newestFirst().reversed()) {
            // The writers of a renamed log go on with it until they were told.
            var settled = archive.number() > 1 || !(log.rules().strategy() instanceof Strategy.Rename);
            if (!archive.compressed() && settled && hasPlace(folder, archives, archive)) {
                var pressed = press(log, folder, archive);
                if (pressed.isPresent()) {
                    return pressed;
                }
            }
        }
        return Optional.empty();
    }

    /** Whether it can take the place of that form: another file under that name stays, and the archive beside it. */
    private static boolean hasPlace(LogFolder folder, Archives archives, Archive plain) throws IOException {
        return !archives.newestFirst().contains(plain.inGzip()) || folder.isDouble(plain);
    }

    /** What was made from archives that are gone by now. */
    private void removeStale(LogFolder folder) throws IOException {
        var names = folder.names();
        var present = new HashSet<String>();
        for (var archive : Archives.among(names, folder.name()).newestFirst()) {
            if (!archive.compressed()) {
                folder.facts(archive.nameFor(folder.name()))
                        .ifPresent(plain -> present.add(hidden(folder, plain.inode())));
            }
        }
        for (var name : names) {
            if (name.startsWith(hidden(folder, "")) && !present.contains(name) && isOurs(folder, name)) {
                folder.delete(name);
            }
        }
    }

    private boolean isOurs(LogFolder folder, String name) throws IOException {
        // Root gives it to the owner of the log before it has its place.
        return folder.facts(name)
                .filter(facts -> facts.owner() == around.user() || around.user() == ROOT)
                .isPresent();
    }

    private static String hidden(LogFolder folder, long inode) {
        return hidden(folder, Long.toString(inode, Character.MAX_RADIX));
    }

    private static String hidden(LogFolder folder, String inode) {
        return "." + folder.name() + ".gz-" + inode;
    }

    private Optional<Pressed> press(Log log, LogFolder folder, Archive archive) throws IOException {
        try (var plain = folder.openRead(archive.nameFor(folder.name()))) {
            var facts = plain.facts();
            if (!facts.regular() || facts.links() != 1 || !plain.tryLock() || isWritten(log, facts)) {
                return Optional.empty();
            }
            var name = hidden(folder, facts.inode());
            folder.delete(name);
            try (var target = folder.create(name)) {
                Gzip.compress(plain, target);
                Shelf.dress(target, facts, facts.modified());
                target.sync();
                return Optional.of(new Pressed(log, name, FileId.of(target.facts()), facts));
            } catch (IOException e) {
                folder.delete(name);
                throw e;
            }
        } catch (SystemFailure e) {
            return switch (e.kind()) {
                // It has moved on, or went by retention; or it is a link, of which the next rotation tells.
                case MISSING, SYMLINK -> Optional.empty();
                default -> throw e;
            };
        }
    }

    /** Only a file that was renamed is one that its writers know. */
    private boolean isWritten(Log log, FileFacts plain) {
        return log.rules().strategy() instanceof Strategy.Rename && around.isWritten(plain);
    }

    /**
     * Puts it in the place of what it was made from. The thread that rotates.
     *
     * @return whether only the compressed form is left; if not, to compress it again at once would come to the same
     */
    boolean shelve(Pressed pressed) throws IOException {
        var folder = new LogFolder(files, pressed.log().path());
        try (var live = folder.live()) {
            return live.tryLock() && place(folder, pressed);
        } catch (SystemFailure e) {
            if (e.kind() != SystemFailure.Kind.MISSING) {
                throw e;
            }
            return place(folder, pressed);
        } finally {
            if (isMade(folder, pressed)) {
                folder.delete(pressed.file());
            }
        }
    }

    /** Another process may have begun to compress the same archive, under the same name, as soon as this one had done so. */
    private boolean isMade(LogFolder folder, Pressed pressed) throws IOException {
        return folder.facts(pressed.file())
                .filter(facts -> FileId.of(facts).equals(pressed.made()))
                .isPresent();
    }

    private boolean place(LogFolder folder, Pressed pressed) throws IOException {
        var archives = folder.archives();
        for (var archive : archives.newestFirst()) {
            var plain = archive.nameFor(folder.name());
            var here = archive.compressed() ? Optional.<FileFacts>empty() : folder.facts(plain);
            if (here.filter(facts -> isSame(facts, pressed.plain())).isEmpty()) {
                continue;
            }
            try (var held = folder.openRead(plain)) {
                // As long as this one has its lock, nobody begins to compress it.
                return held.tryLock() && isMade(folder, pressed) && place(folder, pressed, archives, archive);
            }
        }
        return false;
    }

    private static boolean place(LogFolder folder, Pressed pressed, Archives archives, Archive plain)
            throws IOException {
        var compressed = plain.inGzip();
        if (!archives.newestFirst().contains(compressed)) {
            folder.rename(pressed.file(), compressed.nameFor(folder.name()));
        } else if (!folder.isDouble(plain)) {
            return false;
        }
        folder.delete(plain.nameFor(folder.name()));
        return true;
    }

    private static boolean isSame(FileFacts here, FileFacts before) {
        return here.inode() == before.inode()
                && here.device() == before.device()
                && here.size() == before.size()
                && here.modifiedNanos() == before.modifiedNanos();
    }
}
