package dev.steward.logs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Looks at the sizes of logs, and says which have grown beyond what they may. One thread. */
final class Watch {
    private final LongSupplier nanos;
    private Map<Path, Pace> paces = Map.of();

    Watch(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Whether it is too large by now, as far as it is to be looked at. */
    boolean isLarge(Log log) {
        var now = nanos.getAsLong();
        var pace = paces.getOrDefault(log.path(), Pace.begin(now));
        if (!pace.isDue(now)) {
            return false;
        }
        var size = size(log.path());
        paces.put(log.path(), pace.seen(size, now));
        return size > Due.limit(log.rules());
    }

    /** That one is left alone for a while. */
    void troubled(Log log) {
        var now = nanos.getAsLong();
        paces.put(log.path(), paces.getOrDefault(log.path(), Pace.begin(now)).troubled(now));
    }

    /** Forgets all others. */
    void keep(Iterable<Log> logs) {
        var kept = new HashMap<Path, Pace>();
        for (var log : logs) {
            kept.put(log.path(), paces.getOrDefault(log.path(), Pace.begin(nanos.getAsLong())));
        }
        paces = kept;
    }

    private static long size(Path log) {
        try {
            return Files.readAttributes(log, BasicFileAttributes.class).size();
        } catch (IOException e) {
            // What is not there is not too large; why it cannot be seen, its rotation says.
            return 0;
        }
    }
}
