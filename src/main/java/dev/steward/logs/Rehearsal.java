package dev.steward.logs;

import dev.steward.config.DataSize;
import dev.steward.config.LogRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does once what a rotation does, with a log of its own, so that the first one in earnest finds all that it needs loaded: in that time a
 * program at full speed writes a few hundred megabytes. Nothing depends on its success.
 */
final class Rehearsal {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    private static final String NAME = "rehearsal.log";

    private Rehearsal() {}

    /** Leaves nothing in the folder, not even what one that was killed has left. */
    static void of(Rotations rotations, Path folder) {
        try {
            clear(folder);
            var log = Files.writeString(folder.resolve(NAME), "a line\n");
            var due = new LogRules.Due(Optional.empty(), Optional.empty());
            var keep = new LogRules.Keep(1, Optional.empty(), new DataSize(1 << 20));
            var rules = new LogRules(due, keep, false, new LogRules.Strategy.Cut(), Optional.empty());
            rotations.rotate(new Log(log, rules), new Wish(List.of(), false, true));
            clear(folder);
        } catch (IOException e) {
            LOG.debug("No rotation was rehearsed in {}: {}", folder, e.getMessage());
        }
    }

    private static void clear(Path folder) throws IOException {
        try (var all = Files.newDirectoryStream(folder, "{,.}" + NAME + "*")) {
            for (var file : all) {
                Files.delete(file);
            }
        }
    }
}
