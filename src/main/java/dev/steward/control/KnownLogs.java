package dev.steward.control;

import dev.steward.logs.Catalog;
import dev.steward.logs.Meant;
import dev.steward.logs.Wish;
import java.nio.file.Path;
import java.util.ArrayList;

/** Says to people why what they named is no log. Looks at the file system. */
public final class KnownLogs {
    private KnownLogs() {}

    /**
     * The wish with its paths as the configuration names them.
     *
     * @param wish its paths absolute and normalized
     * @throws UnknownLog for the first that is no log
     */
    public static Wish resolve(Catalog catalog, Wish wish) throws UnknownLog {
        var paths = new ArrayList<Path>();
        for (var path : wish.paths()) {
            paths.add(find(catalog, path));
        }
        return new Wish(paths, wish.dryRun(), wish.force());
    }

    private static Path find(Catalog catalog, Path path) throws UnknownLog {
        return switch (catalog.meant(path)) {
            case Meant.Known(var log) -> log.path();
            case Meant.AnArchive(var log) ->
                throw new UnknownLog(Plain.name(path) + " is an archive of " + Plain.name(log) + ": name that");
            case Meant.Absent _ -> throw new UnknownLog(Plain.name(path) + ": there is no such file");
            case Meant.Unknown _ ->
                throw new UnknownLog(Plain.name(path)
                        + " is no log of the configuration, so that nothing says what is kept of it: add it to logs: files: in "
                        + Plain.name(catalog.configuration().file()));
        };
    }
}
