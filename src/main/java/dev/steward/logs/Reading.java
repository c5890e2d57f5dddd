package dev.steward.logs;

import dev.steward.logs.read.LineFilter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** One way through a log, from a place on, and what comes of it. */
final class Reading implements AutoCloseable {
    private static final int LARGE = 1 << 18;
    private static final int SMALL = 1 << 14;
    private static final int MOST_BLOCKS = 1 << 12;

    private final Progress progress;
    private final LogStream stream;
    private final InstantSource clock;
    private final LineFilter filter;

    private Reading(Progress progress, LogStream stream, InstantSource clock, LineFilter filter) {
        this.progress = progress;
        this.stream = stream;
        this.clock = clock;
        this.filter = filter;
    }

    static Reading of(Path log, Beside beside, LogReader.Setting setting, Place from) {
        return behind(new Remnant(), log, beside, setting, from);
    }

    /** Begins behind what is known to stand before that place. */
    static Reading behind(Remnant before, Path log, Beside beside, LogReader.Setting setting, Place from) {
        var progress = new Progress(from, before, setting.notes());
        var stream = new LogStream(log, beside, progress);
        return new Reading(progress, stream, setting.clock(), LineFilter.none(OutputStream.nullOutputStream()));
    }

    Reading with(LineFilter other) {
        return new Reading(progress, stream, clock, other);
    }

    LineFilter filter() {
        return filter;
    }

    boolean isIncomplete() {
        return progress.isIncomplete();
    }

    /** Reads up to a place, as far as anything wanted may come. */
    void upTo(Place end) throws IOException {
        progress.limit(Optional.of(end));
        var block = new byte[LARGE];
        var goesOn = true;
        while (goesOn && !isBehindAllWanted()) {
            goesOn = pump(block);
        }
        filter.flush();
        progress.limit(Optional.empty());
    }

    private boolean isBehindAllWanted() {
        return stream.place()
                .after()
                .filter(archive -> filter.selection().isTooNew(archive.modified()))
                .isPresent();
    }

    /** Reads what is there, or much of it. */
    boolean more() throws IOException {
        var blocks = 0;
        if (stream.mayHaveMore()) {
            var block = new byte[SMALL];
            while (blocks < MOST_BLOCKS && pump(block)) {
                blocks++;
            }
            filter.flush();
        }
        return blocks > 0;
    }

    private boolean pump(byte[] block) throws IOException {
        var count = stream.read(block);
        if (count > 0) {
            var now = clock.instant();
            filter.accept(block, 0, count, stream.rotated().orElse(now));
        }
        return count > 0;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
