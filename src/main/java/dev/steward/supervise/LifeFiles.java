package dev.steward.supervise;

import dev.steward.config.AgentConfig;
import dev.steward.config.Leftovers;
import dev.steward.posix.FileLock;
import dev.steward.posix.FileLocks;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
        } catch (IOException e) {
            return files;
        }
        return files;
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
