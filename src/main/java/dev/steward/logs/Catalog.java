package dev.steward.logs;

import dev.steward.config.AgentConfig;
import dev.steward.config.ArchiveName;
import dev.steward.config.Configuration;
import dev.steward.config.Glob;
import dev.steward.config.LogRules.Strategy;
import dev.steward.config.Logs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which logs a configuration means: those of agents, the daemon's own, those of inboxes, and foreign ones under {@code logs: files:}. Steward's other files
 * are no logs, whatever matches them. Any thread.
 *
 * @param daemonLog the daemon's own, absolute, in a folder of its home
 */
public record Catalog(Configuration configuration, Path daemonLog) {
    /** Logs of agents, in their order, the daemon's own, and those of inboxes. */
    public List<Log> own() {
        return ownPaths().map(this::log).toList();
    }

    private Stream<Path> ownPaths() {
        var agents = configuration.agents().values().stream().map(AgentConfig::log);
        // One that lies among orders stays as it is, as all that does.
        var inboxes = configuration.inboxes().values().stream()
                .flatMap(inbox -> inbox.log().stream())
                .filter(log -> !isStewards(log));
        return Stream.of(agents, Stream.of(daemonLog), inboxes)
                .flatMap(each -> each)
                .distinct();
    }

    /**
     * Foreign logs that are there at this moment, and those that are named without a glob.
     *
     * @throws IOException if a folder cannot be read
     */
    public List<Log> foreign() throws IOException {
        var own = ownPaths().collect(Collectors.toSet());
        var named = named().collect(Collectors.toSet());
        var found = new LinkedHashSet<Path>();
        for (var glob : globs().toList()) {
            if (glob.isLiteral()) {
                found.addAll(glob.literal().stream().toList());
            } else {
                new Matching(glob)
                        .files().stream()
                                .filter(file -> !isArchiveOf(named, file))
                                .forEach(found::add);
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

    /**
     * The log of that path, if the configuration means it by exactly this; whether it is there does not matter.
     *
     * @param path absolute and normalized
     */
    public Optional<Log> find(Path path) {
        var named = named().collect(Collectors.toSet());
        var meant = named.contains(path)
                || (!isArchiveOf(named, path)
                        && matchings().anyMatch(matching -> matching.means(path))
                        && !isStewards(path));
        return meant ? Optional.of(log(path)) : Optional.empty();
    }

    /**
     * What somebody means who names that file, perhaps by way of a symbolic link to a folder. Looks at the file system.
     *
     * @param path absolute and normalized
     */
    public Meant meant(Path path) {
        return new Meaning(this).of(path);
    }

    /**
     * Globs of the configuration that mean none of these logs, as they are written, absolute.
     *
     * @param logs what there is
     */
    public List<String> emptyGlobs(List<Path> logs) {
        return matchings()
                .map(Matching::glob)
                .filter(glob -> logs.stream().noneMatch(glob::matches))
                .map(Glob::toString)
                .toList();
    }

    /** Those that are logs whether they are there or not. */
    Stream<Path> named() {
        var foreign = globs().flatMap(glob -> glob.literal().stream()).filter(path -> !isStewards(path));
        return Stream.concat(ownPaths(), foreign);
    }

    Stream<Matching> matchings() {
        return globs().filter(glob -> !glob.isLiteral()).map(Matching::new);
    }

    private Stream<Glob> globs() {
        return configuration.logs().files().stream().map(Logs.Files::glob);
    }

    private static boolean isArchiveOf(Set<Path> named, Path path) {
        return ArchiveName.in(String.valueOf(path.getFileName()))
                .filter(archive -> named.contains(path.resolveSibling(archive.log())))
                .isPresent();
    }

    Log log(Path path) {
        var rules = configuration.logs().rules(path);
        if (path.equals(daemonLog) && rules.strategy() instanceof Strategy.Rename) {
            // The daemon goes on writing to the file that was opened for it.
            return new Log(path, rules.with(new Strategy.Cut()));
        }
        return new Log(path, rules);
    }

    private boolean isStewards(Path path) {
        var home = daemonLog.resolveSibling("..").normalize();
        return configuration.noLog(path, home).isPresent();
    }
}
