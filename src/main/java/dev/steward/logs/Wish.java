package dev.steward.logs;

import java.nio.file.Path;
import java.util.List;

/**
 * What somebody wants to have rotated.
 *
 * @param paths of live logs, absolute; none means all that the configuration knows
 * @param dryRun only say what would be done
 * @param force also what is not due
 */
public record Wish(List<Path> paths, boolean dryRun, boolean force) {
    public Wish {
        paths = List.copyOf(paths);
    }
}
