package dev.steward.logs;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was ever written to a log, in order: its archives and the live file, while writers go on and Steward cuts, compresses and removes.
 * No byte is left out and none comes twice, but what retention removed, which is told. One thread.
 *
 * <p>What is read from the live file counts only if the same archives, and the same rotation under way, were beside it before and after:
 * then nothing was taken from it meanwhile.
 */
final class LogStream implements AutoCloseable {
    /** Something has changed, so the same is to be tried anew. */
    static final int AGAIN = -1;

    private static final int TRIES = 10_000;

    private final Path log;
    private final Beside beside;
    private final Progress progress;
    private final LiveView live;
    private @Nullable OpenArchive archive;
    /** What came after the last archive when that was left. */
    private Optional<Seen> expected = Optional.empty();

    LogStream(Path log, Beside beside, Progress progress) {
        this.log = log;
        this.beside = beside;
        this.progress = progress;
        live = new LiveView(log, beside, progress);
    }

    Place place() {
        return progress.place();
    }

    /** When the archive was rotated that is being read; empty if none is. */
    Optional<Instant> rotated() {
        return Optional.ofNullable(archive).map(open -> open.seen().modified());
    }

    /** False if nothing has come since all of it was read. */
    boolean mayHaveMore() throws IOException {
        return archive != null || !live.isAsItWas();
    }

    /**
     * Reads the next bytes; 0 if there are none now.
     *
     * @throws IOException also if it is changed so fast that it cannot be read
     */
    int read(byte[] into) throws IOException {
        for (var i = 0; i < TRIES; i++) {
            var count = step(into);
            if (count != AGAIN) {
                return count;
            }
        }
        throw new IOException(log + " is rotated faster than it can be read");
    }

    private int step(byte[] into) throws IOException {
        var sight = beside.last();
        progress.refresh(sight);
        var room = progress.room(into.length);
        if (room == 0) {
            return 0;
        }
        if (archive != null) {
            return fromArchive(archive, into, room);
        }
        var newer = sight.after(progress.place().after());
        if (newer.isEmpty()) {
            return live.read(into, room);
        }
        return enter(newer.getFirst()) ? AGAIN : 0;
    }

    private int fromArchive(OpenArchive from, byte[] into, int room) throws IOException {
        try {
            var count = from.read(into, room);
            if (count == 0) {
                if (isLast(from.seen()) && isLiveEmpty()) {
                    // A renamed log has its writers until they have opened the new one.
                    return 0;
                }
                count = from.read(into, room);
            }
            if (count > 0) {
                progress.took(into, count);
                return count;
            }
            expected = beside.last().after(Optional.of(from.seen())).stream().findFirst();
            progress.pass(from.seen(), progress.place().bytes());
        } catch (IOException e) {
            progress.passUnread(from.seen(), damaged(from.seen(), e));
        }
        from.close();
        archive = null;
        return AGAIN;
    }

    private boolean isLast(Seen seen) throws IOException {
        return !seen.archive().compressed()
                && beside.look().after(Optional.of(seen)).isEmpty();
    }

    private boolean isLiveEmpty() throws IOException {
        try {
            return Files.size(log) == 0;
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    /** Opens the next archive, or passes it; false if it is beyond what is to be read. */
    private boolean enter(Seen next) throws IOException {
        if (progress.isBeyondLimit(next)) {
            return false;
        }
        live.leaveIfReplaced();
        try {
            var opened = OpenArchive.open(beside, next);
            if (opened.isEmpty()) {
                beside.look();
                return true;
            }
            if (expected.isPresent() && beside.last().find(expected.get()).isEmpty()) {
                progress.say(LiveView.removed(log));
            }
            expected = Optional.empty();
            archive = at(opened.get(), next);
        } catch (AccessDeniedException e) {
            progress.passUnread(next, beside.path(next.archive()) + " is left out: no right to read it");
        } catch (IOException e) {
            progress.passUnread(next, damaged(next, e));
        }
        return true;
    }

    private @Nullable OpenArchive at(OpenArchive opened, Seen next) throws IOException {
        return switch (opened.seek(progress.place().bytes(), progress.remnant())) {
            case HERE -> opened;
            case SHORTER -> {
                opened.close();
                progress.pass(next, opened.at());
                yield null;
            }
            case OTHER -> {
                opened.close();
                yield relocated(next);
            }
        };
    }

    /** Retention may have taken what was between: then what was read last is elsewhere in it, or not at all. */
    private @Nullable OpenArchive relocated(Seen next) throws IOException {
        var search = OpenArchive.open(beside, next);
        if (search.isEmpty()) {
            return null;
        }
        try (var searched = search.get()) {
            var found = progress.remnant().findIn(searched.stream());
            if (found < 0) {
                progress.say(LiveView.removed(log));
                progress.jump(new Place(progress.place().after(), 0));
            } else {
                progress.correct(found);
            }
        }
        return null;
    }

    private String damaged(Seen seen, IOException e) {
        return beside.path(seen.archive()) + " is damaged, what cannot be read of it is left out: " + e.getMessage();
    }

    @Override
    public void close() throws IOException {
        live.close();
        if (archive != null) {
            archive.close();
            archive = null;
        }
    }
}
