package dev.steward.control;

import dev.steward.logs.Outcome;
import dev.steward.logs.Wish;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Rotates logs for whoever asks. Any thread, and several at once: a log that somebody else rotates is busy. */
public interface LogRotation {
    /**
     * Looks at each log that is meant, and rotates it if it is due or forced. What comes of it is recorded, unless it is a dry run.
     *
     * @param each told of each log when it is done with, by one thread while the caller waits; neither throws nor blocks
     * @throws UnknownLog if a named path is no log of the configuration (see {@link dev.steward.logs.Catalog#meant}); nothing was rotated
     * @throws IOException if the logs that a glob means cannot be found
     */
    void rotate(Wish wish, Consumer<Outcome> each) throws UnknownLog, IOException, InterruptedException;

    /**
     * Globs of the configuration that mean none of these logs, as they are written, absolute.
     *
     * @param logs what {@link #rotate} told of when nobody named any
     */
    default List<String> emptyGlobs(List<Path> logs) {
        return List.of();
    }
}
