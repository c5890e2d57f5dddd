package dev.steward.logs;

import dev.steward.config.ArchiveName;
import java.util.Optional;

/**
 * One archive of a log: {@code name.log.1}, or {@code name.log.1.gz}. A larger number is an older one.
 *
 * @param number from 1
 */
record Archive(int number, boolean compressed) {
    /** The archive of that log in a file of that name, if it is one. */
    static Optional<Archive> in(String file, String log) {
        return ArchiveName.in(file)
                .filter(name -> name.log().equals(log))
                .map(name -> new Archive(name.number(), name.compressed()));
    }

    String nameFor(String log) {
        return new ArchiveName(log, number, compressed).toString();
    }

    Archive next() {
        return new Archive(number + 1, compressed);
    }

    Archive inGzip() {
        return new Archive(number, true);
    }
}
