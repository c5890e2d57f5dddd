package dev.steward.logs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is in no archive yet, at one moment: to be read at any place, as long as nothing is taken from it. */
final class LiveTail implements AutoCloseable {
    private final Beside beside;
    private final Sight sight;
    private final @Nullable LiveFile live;
    private final Optional<CutRecord> cut;
    private final long base;

    private LiveTail(Beside beside, Sight sight, @Nullable LiveFile live) throws IOException {
        this.beside = beside;
        this.sight = sight;
        this.live = live;
        cut = live == null ? Optional.empty() : sight.cutOf(live.id());
        base = live == null ? 0 : LiveHead.base(live, cut, sight);
    }

    static LiveTail open(Path log, Beside beside) throws IOException {
        return new LiveTail(beside, beside.look(), LiveFile.open(log).orElse(null));
    }

    private long owned() {
        return cut.map(CutRecord::owned).orElse(0L);
    }

    /** Where it ends. */
    Place end() throws IOException {
        return new Place(sight.newest(), owned() + (live == null ? 0 : Math.max(0, live.size() - base)));
    }

    /** Reads so many bytes, which must be there. */
    void read(byte[] into, long from, int count) throws IOException {
        var archived = Math.clamp(owned() - from, 0, count);
        if (archived > 0) {
            try (var made = LiveFile.open(beside.path(cut.orElseThrow())).orElse(null)) {
                if (made != null) {
                    made.read(into, 0, archived, from);
                }
            }
        }
        if (archived < count && live != null) {
            live.read(into, archived, count - archived, base - owned() + from + archived);
        }
    }

    /** Whether all that was read is what it was taken for. */
    boolean isStillSo() throws IOException {
        return live == null
                ? sight.equals(beside.look())
                : sight.agrees(beside.look(), live.id())
                        && live.isAtItsPath()
                        && LiveHead.base(live, cut, sight) == base;
    }

    @Override
    public void close() throws IOException {
        if (live != null) {
            live.close();
        }
    }
}
