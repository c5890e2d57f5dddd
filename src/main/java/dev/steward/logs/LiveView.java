package dev.steward.logs;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** The stream where it is in no archive yet: in one that is being made, or in the live file. One thread. */
final class LiveView implements AutoCloseable {
    private static final int AGAIN = LogStream.AGAIN;

    private final Path log;
    private final Beside beside;
    private final Progress progress;
    private final byte[] before = new byte[Remnant.MOST];
    private @Nullable LiveFile live;
    /** Where in the live file reading goes on, if only writers touch it. */
    private long physical = -1;
    /** How the file was when all of it had been read. */
    private @Nullable Stamp exhausted;

    /** A file was written, cut or replaced if any of this has changed. */
    private record Stamp(Object key, Object modified, long size) {}

    LiveView(Path log, Beside beside, Progress progress) {
        this.log = log;
        this.beside = beside;
        this.progress = progress;
    }

    /** Whether nothing has happened to the live file since all of it was read. */
    boolean isAsItWas() throws IOException {
        return exhausted != null && exhausted.equals(stamp());
    }

    private @Nullable Stamp stamp() throws IOException {
        try {
            var now = Files.readAttributes(log, BasicFileAttributes.class);
            return new Stamp(String.valueOf(now.fileKey()), now.lastModifiedTime(), now.size());
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Reads what comes next, knowing that no archive has it; 0 if there is nothing now. */
    int read(byte[] into, int room) throws IOException {
        exhausted = null;
        var stamp = stamp();
        if (live == null) {
            live = LiveFile.open(log).orElse(null);
            physical = -1;
        }
        if (live == null) {
            var seen = beside.last();
            return beside.look().newest().equals(seen.newest()) ? 0 : AGAIN;
        }
        if (!live.isAtItsPath()) {
            return fromReplaced(live, into, room);
        }
        var count = fromFile(live, into, room);
        if (count == 0) {
            exhausted = stamp;
        }
        return count;
    }

    /** An archive comes next: if that is the file itself, by another name, it is read as such. */
    void leaveIfReplaced() throws IOException {
        if (live != null && !live.isAtItsPath()) {
            live.close();
            live = null;
        }
    }

    private int fromFile(LiveFile file, byte[] into, int room) throws IOException {
        var sight = beside.last();
        var cut = sight.cutOf(file.id());
        var owned = cut.map(CutRecord::owned).orElse(0L);
        if (cut.isPresent() && progress.place().bytes() < owned) {
            return fromCut(file, cut.get(), into, room);
        }
        var base = LiveHead.base(file, cut, sight);
        var at = base + progress.place().bytes() - owned;
        var fits = hasBefore(file, at, base);
        var count = fits ? file.read(into, 0, room, at) : 0;
        if (!sight.agrees(beside.look(), file.id()) || LiveHead.base(file, cut, sight) != base) {
            return AGAIN;
        }
        if (!fits) {
            restart(file, base, owned);
            return AGAIN;
        }
        physical = at + count;
        progress.took(into, count);
        return count;
    }

    /** Whether what was read last stands before that place. */
    private boolean hasBefore(LiveFile file, long at, long base) throws IOException {
        if (file.size() < at) {
            return false;
        }
        var known = (int) Math.min(progress.remnant().length(), at - base);
        return file.read(before, 0, known, at - known) == known
                && progress.remnant().endsWith(before, known);
    }

    private int fromCut(LiveFile file, CutRecord cut, byte[] into, int room) throws IOException {
        var sight = beside.last();
        var from = progress.place().bytes();
        var count = 0;
        var fits = false;
        try (var made = LiveFile.open(beside.path(cut)).orElse(null)) {
            if (made != null) {
                fits = hasBefore(made, from, 0);
                count = made.read(into, 0, (int) Math.min(room, cut.owned() - from), from);
            }
        } catch (AccessDeniedException e) {
            // It is for its maker alone until it is finished, which takes a moment.
            return 0;
        }
        if (!sight.agrees(beside.look(), file.id())) {
            return AGAIN;
        }
        if (!fits) {
            progress.say(removed(log));
            progress.jump(new Place(progress.place().after(), 0));
            return AGAIN;
        }
        progress.took(into, count);
        return count;
    }

    static String removed(Path log) {
        return "lines of " + log + " may be missing here: retention removed what was not read yet";
    }

    /** Something was taken from the file that no archive has. */
    private void restart(LiveFile file, long base, long owned) throws IOException {
        var remnant = progress.remnant();
        if (base > 0 || remnant.length() == Remnant.MOST) {
            // Closing the stream would close the file.
            var found = remnant.findIn(file.from(base));
            if (found < 0) {
                found = remnant.lineBegunIn(before, file.read(before, 0, before.length, base));
            }
            if (found > 0) {
                progress.correct(owned + found);
                return;
            }
        }
        progress.say(base > 0 ? removed(log) : log + " was truncated; what is in it now follows");
        progress.jump(new Place(progress.place().after(), owned));
    }

    /** Another file has its place, or none: to its end, and, once somebody writes to the other one, that. */
    private int fromReplaced(LiveFile file, byte[] into, int room) throws IOException {
        var seen = beside.last();
        if (!beside.look().newest().equals(seen.newest())) {
            return AGAIN;
        }
        var count = rest(file, into, room);
        if (count == 0) {
            var now = stamp();
            if (now == null || now.size() == 0) {
                return 0;
            }
            count = rest(file, into, room);
        }
        if (count > 0) {
            return count;
        }
        file.close();
        live = null;
        progress.jump(new Place(progress.place().after(), 0));
        progress.say(log + " was replaced by another file");
        return AGAIN;
    }

    private int rest(LiveFile file, byte[] into, int room) throws IOException {
        if (physical < 0) {
            return 0;
        }
        var count = file.read(into, 0, room, physical);
        physical += count;
        progress.took(into, count);
        return count;
    }

    @Override
    public void close() throws IOException {
        if (live != null) {
            live.close();
            live = null;
        }
    }
}
