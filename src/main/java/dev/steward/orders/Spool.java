package dev.steward.orders;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;

/** The folder of large payloads on their way. */
public final class Spool {
    /** The spool in this folder, which need not exist. */
    public Spool(Path folder) {
        Soon.soon();
    }

    /**
     * Removes files that no order needs and that nobody wrote to since: what killed droppers left.
     *
     * @param needed names of files that orders still need; asked for before, so that a newer file isn't among them and isn't old either
     * @param before a file that was written to at this instant or later stays
     * @return how many were removed
     */
    public int clean(Collection<String> needed, Instant before) throws IOException {
        return Soon.soon();
    }
}
