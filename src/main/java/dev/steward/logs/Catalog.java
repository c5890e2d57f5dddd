package dev.steward.logs;

import dev.steward.config.AgentConfig;
import dev.steward.config.Configuration;
import dev.steward.config.Logs;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which logs a configuration means. The audit trail and Steward's other files are no logs, whatever matches them.
 *
 * @param daemonLog the daemon's own
 */
public record Catalog(Configuration configuration, Path daemonLog) {
    /** Logs of agents, in their order, and the daemon's own. */
    public List<Log> own() {
        return ownPaths().map(this::log).toList();
    }

    private Stream<Path> ownPaths() {
        return Stream.concat(configuration.agents().values().stream().map(AgentConfig::log), Stream.of(daemonLog))
                .distinct();
    }

    /**
     * Foreign logs that are there at this moment, and those that are named without a glob.
     *
     * @throws IOException if a folder cannot be read
     */
    public List<Log> foreign() throws IOException {
        var own = Set.copyOf(ownPaths().toList());
        var found = new LinkedHashSet<Path>();
        for (var entry : configuration.logs().files()) {
            found.addAll(entry.glob().literal().map(List::of).orElse(List.of()));
            if (!entry.glob().isLiteral()) {
                found.addAll(expand(entry));
            }
        }
        return found.stream()
                .filter(path -> !own.contains(path) && !isStewards(path))
                .map(this::log)
                .toList();
    }

    /** All of them. */
    public List<Log> all() throws IOException {
        return Stream.concat(own().stream(), foreign().stream()).toList();
    }

    /** The log of that path, if the configuration means it. */
    public Optional<Log> find(Path path) {
        var meant = ownPaths().anyMatch(path::equals)
                || configuration.logs().files().stream().anyMatch(entry -> entry.matches(path));
        return meant && !isStewards(path) ? Optional.of(log(path)) : Optional.empty();
    }

    private Log log(Path path) {
        return new Log(path, configuration.logs().rules(path));
    }

    private boolean isStewards(Path path) {
        var home = Optional.ofNullable(daemonLog.getParent()).map(Path::getParent);
        return path.equals(configuration.file())
                || path.equals(configuration.paths().audit())
                || home.filter(folder -> isHomes(folder, path)).isPresent();
    }

    private static boolean isHomes(Path home, Path path) {
        return path.startsWith(home.resolve("run"))
                || (home.equals(path.getParent())
                        && String.valueOf(path.getFileName()).startsWith("state.db"));
    }

    /** A glob such as {@code *.log*} means no archives, and nothing that is becoming one. */
    private static Collection<Path> expand(Logs.Files entry) throws IOException {
        var found = new ArrayList<Path>();
        var glob = entry.glob();
        if (Files.isDirectory(glob.start())) {
            Files.walkFileTree(
                    glob.start(), EnumSet.noneOf(FileVisitOption.class), glob.depth(), new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                            // A link is said to be left alone; what else is no file, a glob does not mean.
                            var isMeant = attributes.isRegularFile() || attributes.isSymbolicLink();
                            if (isMeant && glob.matches(file)) {
                                found.add(file);
                            }
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException e) {
                            // A folder without rights, or one that was just removed: the others count.
                            return FileVisitResult.CONTINUE;
                        }
                    });
        }
        return withoutArchives(found);
    }

    private static List<Path> withoutArchives(List<Path> found) {
        return found.stream().filter(file -> !isArchive(file)).sorted().toList();
    }

    private static boolean isArchive(Path file) {
        var name = String.valueOf(file.getFileName());
        var live = name.replaceFirst("\\.[1-9][0-9]{0,8}(\\.gz)?$", "");
        return name.matches("(?s)\\..*\\.(cut|gz)-.*")
                || (!live.equals(name) && Files.exists(file.resolveSibling(live), LinkOption.NOFOLLOW_LINKS));
    }
}
