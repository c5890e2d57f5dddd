package dev.steward.control;

import dev.steward.config.Configuration;
import dev.steward.config.Glob;
import dev.steward.config.Logs;
import dev.steward.logs.Catalog;
import dev.steward.logs.Log;
import dev.steward.logs.Wish;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which files are logs of a configuration: those of agents, the daemon's own, and those under {@code logs: files:}. Looks at the file
 * system.
 *
 * @param daemonLog the daemon's own, absolute
 */
public record KnownLogs(Configuration configuration, Path daemonLog) {
    private static final Pattern ARCHIVE = Pattern.compile("(?s)(.+)\\.[0-9]{1,9}(\\.gz)?");

    /**
     * The log that somebody means, as the configuration names it: who stands in a folder may have come there by a symbolic link.
     *
     * @param path absolute and normalized
     * @throws UnknownLog if it is none
     */
    public Path find(Path path) throws UnknownLog {
        var live = liveOf(path);
        if (live.isPresent()) {
            throw new UnknownLog(Plain.name(path) + " is an archive of " + Plain.name(live.get()) + ": name that");
        }
        var known = named(path).or(() -> matched(path));
        if (known.isEmpty()) {
            throw new UnknownLog(Plain.name(path)
                    + " is no log of the configuration, so that nothing says what is kept of it: add it to logs: files: in "
                    + Plain.name(configuration.file()));
        }
        // One that is named in the configuration need not be there yet; of what a glob matches only files are meant.
        if (Files.notExists(known.get(), LinkOption.NOFOLLOW_LINKS)
                && named(path).isEmpty()) {
            throw new UnknownLog(Plain.name(path) + ": there is no such file");
        }
        return known.get();
    }

    /**
     * The wish with its paths as the configuration names them.
     *
     * @throws UnknownLog for the first that is no log
     */
    public Wish resolve(Wish wish) throws UnknownLog {
        var paths = new ArrayList<Path>();
        for (var path : wish.paths()) {
            paths.add(find(path));
        }
        return new Wish(paths, wish.dryRun(), wish.force());
    }

    /** Globs that mean none of these logs. */
    public List<String> emptyGlobs(List<Path> logs) {
        return globs().filter(glob -> !glob.isLiteral() && logs.stream().noneMatch(glob::matches))
                .map(Glob::toString)
                .toList();
    }

    /** What it is an archive of, by its name. */
    private Optional<Path> liveOf(Path path) {
        var name = ARCHIVE.matcher(String.valueOf(path.getFileName()));
        if (!name.matches()) {
            return Optional.empty();
        }
        var live = path.resolveSibling(name.group(1));
        var known = named(live).or(() -> matched(live));
        // By its name it could be both; then there is the file that it would be an archive of.
        return named(path).isPresent()
                        || (Files.notExists(live) && matched(path).isPresent())
                ? Optional.empty()
                : known;
    }

    /** One that is kept whether it is there or not. */
    private Optional<Path> named(Path path) {
        return all().filter(log -> log.equals(path))
                .findFirst()
                .or(() -> all().filter(log -> isSame(log, path)).findFirst());
    }

    private Stream<Path> all() {
        var foreign = globs().flatMap(glob -> glob.literal().stream());
        return Stream.concat(catalog().own().stream().map(Log::path), foreign).filter(this::isKnown);
    }

    private Stream<Glob> globs() {
        return configuration.logs().files().stream().map(Logs.Files::glob);
    }

    private Optional<Path> matched(Path path) {
        return Optional.of(path)
                .filter(this::isKnown)
                .or(() -> globs().flatMap(glob -> under(glob, path).stream())
                        .filter(this::isKnown)
                        .findFirst());
    }

    private Catalog catalog() {
        return new Catalog(configuration, daemonLog);
    }

    private boolean isKnown(Path path) {
        return catalog().find(path).isPresent();
    }

    /** The same file as the glob would find it. */
    private static Optional<Path> under(Glob glob, Path path) {
        try {
            var folder = real(path);
            var start = glob.start().toRealPath();
            return Optional.of(path)
                    .filter(_ -> folder.startsWith(start))
                    .map(_ -> glob.start().resolve(start.relativize(folder)))
                    .filter(glob::matches);
        } catch (IOException e) {
            // A folder that is not there, or may not be looked at, has no log that could be meant.
            return Optional.empty();
        }
    }

    private static boolean isSame(Path log, Path path) {
        try {
            return log.getFileName().equals(path.getFileName()) && real(log).equals(real(path));
        } catch (IOException e) {
            return false;
        }
    }

    /** By its folder: what the name itself leads to is another file. */
    private static Path real(Path path) throws IOException {
        var folder = path.getParent();
        return folder == null ? path : folder.toRealPath().resolve(path.getFileName());
    }
}
