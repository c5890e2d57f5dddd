package dev.steward.logs;

import dev.steward.config.ArchiveName;
import dev.steward.config.Glob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** What somebody means by a path: who stands in a folder may have come there by a symbolic link. */
record Meaning(Catalog catalog) {
    Meant of(Path path) {
        var named = named(path);
        if (named.isPresent()) {
            return new Meant.Known(catalog.log(named.get()));
        }
        var matched = matched(path);
        if (matched.isPresent()) {
            return Files.exists(matched.get(), LinkOption.NOFOLLOW_LINKS)
                    ? new Meant.Known(catalog.log(matched.get()))
                    : new Meant.Absent();
        }
        return live(path).<Meant>map(Meant.AnArchive::new).orElseGet(Meant.Unknown::new);
    }

    private Optional<Path> named(Path path) {
        return catalog.named()
                .filter(log -> log.equals(path))
                .findFirst()
                .or(() -> catalog.named().filter(log -> isSame(log, path)).findFirst());
    }

    private Optional<Path> matched(Path path) {
        return Optional.of(path)
                .filter(this::isKnown)
                .or(() -> catalog.matchings()
                        .flatMap(matching -> under(matching.glob(), path).stream())
                        .filter(this::isKnown)
                        .findFirst());
    }

    private boolean isKnown(Path path) {
        return catalog.find(path).isPresent();
    }

    /** The log that it is an archive of. */
    private Optional<Path> live(Path path) {
        return ArchiveName.in(String.valueOf(path.getFileName()))
                .map(archive -> path.resolveSibling(archive.log()))
                .flatMap(live -> named(live).or(() -> matched(live)))
                .or(() -> catalog.matchings()
                        .flatMap(matching -> matching.liveOf(path).stream())
                        .findFirst());
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
            // The same.
            return false;
        }
    }

    /** By its folder: what the name itself leads to is another file. */
    private static Path real(Path path) throws IOException {
        var folder = path.getParent();
        return folder == null ? path : folder.toRealPath().resolve(path.getFileName());
    }
}
