package dev.steward.logs;

import java.nio.file.Path;

/** What somebody means who names a file. */
public sealed interface Meant {
    /** A log of the configuration. One that it names by its path need not be there yet. */
    record Known(Log log) implements Meant {}

    /** What was taken from a log, and not the log itself. */
    record AnArchive(Path of) implements Meant {}

    /** A glob matches it, but there is no such file. */
    record Absent() implements Meant {}

    /** The configuration says nothing of it, or it is one of Steward's own files. */
    record Unknown() implements Meant {}
}
