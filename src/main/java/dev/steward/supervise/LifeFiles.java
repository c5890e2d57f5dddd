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
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The locks that say who lives. An agent's processes inherit its life file, locked; the kernel lets go of the lock when the
 * last of them has ended, whatever became of this daemon. Where leftovers are kept, each incarnation has a file of its own.
 */
final class LifeFiles {
    private static final Logger LOG = LoggerFactory.getLogger(LifeFiles.class);

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Path folder;
    private final FileLocks locks;
    /** The files of incarnations that have one each, by agent; empty until they are asked for. */
    private Optional<Map<String, Set<Path>>> kept = Optional.empty();

    LifeFiles(Path folder, FileLocks locks) {
        this.folder = folder;
        this.locks = locks;
    }

    Path of(AgentConfig config, String incarnation) {
        return switch (config.leftovers()) {
            case KILL -> shared(config.name());
            case KEEP -> ownOf(config.name(), incarnation);
        };
    }

    private Path shared(String agent) {
        return folder.resolve(agent + ".life");
    }

    /** The file that an incarnation has for itself if its leftovers are kept. */
    Path ownOf(String agent, String incarnation) {
        return folder.resolve(agent + "@" + incarnation + ".life");
    }

    /** How leftovers of an agent are treated, as far as its files tell: for one whose section is gone. */
    Leftovers leftovers(String agent) {
        return kept().containsKey(agent) && Files.notExists(shared(agent)) ? Leftovers.KEEP : Leftovers.KILL;
    }

    /** The lock for a new incarnation; empty if something of the agent still lives. */
    Optional<FileLock> take(AgentConfig config, String incarnation) throws IOException {
        var file = of(config, incarnation);
        if (config.leftovers() == Leftovers.KEEP) {
            kept().computeIfAbsent(config.name(), _ -> new TreeSet<>()).add(file);
        }
        try {
            return locks.tryLock(file);
        } catch (IOException e) {
            if (Files.exists(folder)) {
                throw e;
            }
            // Somebody deleted it, which is no reason to leave agents dead.
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            return locks.tryLock(file);
        }
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
        var files = new ArrayList<Path>(List.of(shared(agent)));
        files.addAll(kept().getOrDefault(agent, Set.of()));
        return files;
    }

    /** The folder is listed once: with a thousand agents each of which had it listed, a start took half as long again. */
    private Map<String, Set<Path>> kept() {
        if (kept.isEmpty()) {
            var found = new HashMap<String, Set<Path>>();
            for (var file : list("*@*.life")) {
                found.computeIfAbsent(agentOf(file), _ -> new TreeSet<>()).add(file);
            }
            kept = Optional.of(found);
        }
        return kept.get();
    }

    /** Those that can't be seen must not count as none. */
    private List<Path> list(String glob) {
        var files = new ArrayList<Path>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, glob)) {
            found.forEach(files::add);
        } catch (IOException | DirectoryIteratorException e) {
            throw new UnsupportedSystem(folder + " cannot be read: " + e.getMessage());
        }
        return files;
    }

    /** Whose life file that is, by its real path; empty if it is none, or another home's. */
    Optional<String> agentOf(String realPath) {
        return realPath.endsWith(".life") && realPath.startsWith(real(folder) + "/")
                ? Optional.of(agentOf(Path.of(realPath)))
                : Optional.empty();
    }

    private static String agentOf(Path file) {
        var name = String.valueOf(file.getFileName());
        return name.substring(0, name.length() - ".life".length()).split("@", -1)[0];
    }

    /** The agents of which something lives, as far as their life files tell. */
    Set<String> living() {
        return list("*.life").stream()
                .filter(file -> !free(file))
                .map(LifeFiles::agentOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Says who it is that lives now. */
    void note(AgentConfig config, Incarnation incarnation, String fingerprint, Proven proven) throws IOException {
        new LifeNote(incarnation.identity(), incarnation.id(), Optional.of(fingerprint), proven)
                .write(of(config, incarnation.id()));
    }

    /**
     * What all life files say of this boot, by agent.
     *
     * @param boot this boot's id
     */
    Map<String, List<LifeNote>> notes(String boot) {
        var notes = new HashMap<String, List<LifeNote>>();
        for (var file : list("*.life")) {
            LifeNote.read(file, boot)
                    .filter(note -> note.identity().boot().equals(boot))
                    .ifPresent(note -> notes.computeIfAbsent(agentOf(file), _ -> new ArrayList<>())
                            .add(note));
        }
        return notes;
    }

    /** Removes the files of kept incarnations of which nothing lives any more. */
    void sweep(AgentConfig config) throws IOException {
        if (config.leftovers() == Leftovers.KEEP) {
            for (var file : all(config.name())) {
                if (free(file)) {
                    Files.deleteIfExists(file);
                    kept().computeIfAbsent(config.name(), _ -> new TreeSet<>()).remove(file);
                }
            }
        }
    }

    /** As the kernel names it among the open files of a process, also if it was deleted under that. */
    static String real(Path file) {
        try {
            var folder = file.getParent();
            return folder == null
                    ? file.toRealPath().toString()
                    : folder.toRealPath().resolve(file.getFileName()).toString();
        } catch (IOException e) {
            return file.toString();
        }
    }

    /** Removes what is left of an agent that is no more, as far as nothing holds it. */
    void forget(String agent) {
        for (var file : all(agent)) {
            if (free(file)) {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    LOG.warn("{}: {} cannot be removed: {}", agent, file, e.getMessage());
                }
            }
        }
    }
}
