package dev.steward.supervise;

import dev.steward.config.AgentConfig;
import dev.steward.config.Leftovers;
import dev.steward.posix.FileLock;
import dev.steward.posix.FileLocks;
import dev.steward.posix.UnsupportedSystem;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The locks that say who lives. An agent's processes inherit its life file, locked; the kernel lets go of the lock when the
 * last of them has ended, whatever became of this daemon. Where leftovers are kept, each incarnation has a file of its own.
 */
final class LifeFiles {
    private final Path folder;
    private final FileLocks locks;

    LifeFiles(Path folder, FileLocks locks) {
        this.folder = folder;
        this.locks = locks;
    }

    Path of(AgentConfig config, String incarnation) {
        return switch (config.leftovers()) {
            case KILL -> folder.resolve(config.name() + ".life");
            case KEEP -> folder.resolve(config.name() + "@" + incarnation + ".life");
        };
    }

    /** The lock for a new incarnation; empty if something of the agent still lives. */
    Optional<FileLock> take(AgentConfig config, String incarnation) throws IOException {
        return locks.tryLock(of(config, incarnation));
    }

    /** Whether nothing that holds this life file lives. */
    boolean free(Path file) {
        if (Files.notExists(file)) {
            return true;
        }
        try (var lock = locks.tryLock(file).orElse(null)) {
            return lock != null;
        } catch (IOException e) {
            // What can't be told is never taken for an absence.
            return false;
        }
    }

    /** All life files of an agent, also those of a way to treat leftovers that it had before. */
    List<Path> all(String agent) {
        var files = new ArrayList<Path>(List.of(folder.resolve(agent + ".life")));
        try (DirectoryStream<Path> kept = Files.newDirectoryStream(folder, agent + "@*.life")) {
            kept.forEach(files::add);
        } catch (IOException | DirectoryIteratorException e) {
            // Those that can't be seen must not count as none.
            throw new UnsupportedSystem(folder + " cannot be read: " + e.getMessage());
        }
        return files;
    }

    /** The agents of which something lives, as far as their life files tell. */
    Set<String> living() {
        var names = new TreeSet<String>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*.life")) {
            for (var file : all) {
                if (!free(file)) {
                    var name = file.getFileName().toString();
                    names.add(
                            name.substring(0, name.length() - ".life".length()).split("@", -1)[0]);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new UnsupportedSystem(folder + " cannot be read: " + e.getMessage());
        }
        return names;
    }

    /** Says who it is that lives now. */
    void note(AgentConfig config, Incarnation incarnation) throws IOException {
        new LifeNote(incarnation.identity(), incarnation.id(), config.fingerprint())
                .write(of(config, incarnation.id()));
    }

    /** Removes the files of kept incarnations of which nothing lives any more. */
    void sweep(AgentConfig config) throws IOException {
        if (config.leftovers() == Leftovers.KEEP) {
            for (var file : all(config.name())) {
                if (free(file)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** As the kernel names it among the open files of a process. */
    static String real(Path file) {
        try {
            return file.toRealPath().toString();
        } catch (IOException e) {
            return file.toString();
        }
    }
}
