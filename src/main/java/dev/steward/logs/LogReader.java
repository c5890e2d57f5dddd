package dev.steward.logs;

import dev.steward.logs.read.LineFilter;
import dev.steward.logs.read.LineTimes;
import dev.steward.logs.read.Selection;
import dev.steward.logs.read.Wanted;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Front door of reading a log back: archives and live file as the one stream that was written, through rotations that happen meanwhile.
 * In bounded memory, needs no daemon, changes nothing. For one thread at a time.
 */
public final class LogReader implements AutoCloseable {
    private final Path log;
    private final Setting setting;
    private final Beside beside;
    private Reading reading;
    private boolean blindnessTold;

    /**
     * What a reader needs besides the log.
     *
     * @param zone of lines that do not tell theirs
     * @param notes takes what people have to know: that lines are missing, or an archive cannot be read
     */
    public record Setting(InstantSource clock, ZoneId zone, Consumer<String> notes) {
        /** For one who asks for no times: without a clock the folder has to be listed at every look. */
        public static Setting timeless(Consumer<String> notes) {
            return new Setting(InstantSource.fixed(Instant.EPOCH), ZoneOffset.UTC, notes);
        }
    }

    /**
     * What is to be shown.
     *
     * @param last so many lines at most, the last ones; empty for all
     */
    public record Wish(OptionalLong last, Selection selection) {}

    private LogReader(Path log, Setting setting) {
        this.log = log;
        this.setting = setting;
        beside = new Beside(log, setting.clock());
        reading = Reading.of(log, beside, setting, Place.BEGINNING);
    }

    /** A reader of a log, which need not exist yet. It has read nothing, and would read on from the beginning. */
    public static LogReader of(Path log, Setting setting) {
        return new LogReader(log, setting);
    }

    /** Whether there is anything to be read: a live file, or an archive. */
    public boolean exists() throws IOException {
        return Files.exists(log) || !beside.look().newestFirst().isEmpty();
    }

    /**
     * Writes out what is there now and is wanted. A last line that is not ended is held back if its whole decides whether it is wanted,
     * until {@link #more} or {@link #finish}.
     *
     * @throws IOException also if the log is no regular file
     */
    public void show(Wish wish, OutputStream out) throws IOException {
        var selection = wish.selection();
        if (selection.isAll()) {
            var part = new LastLines(log, beside).last(wish.last().orElse(0));
            begin(wish.last().isPresent() ? part.from() : Place.BEGINNING, LineFilter.none(out));
            reading.upTo(part.to());
        } else {
            var end = new LastLines(log, beside).last(0).to();
            begin(beginning(selection), filter(selection, chosen(wish, end, out)));
            reading.upTo(end);
        }
        if (beside.isBlind() && !blindnessTold) {
            blindnessTold = true;
            setting.notes().accept("no right to list the folder of " + log + ": its archives are left out");
        }
    }

    /** Reads on from the end: what is there by now is passed over. */
    public void skipAll(OutputStream out) throws IOException {
        var part = new LastLines(log, beside).last(0);
        reading.close();
        reading = Reading.behind(part.before(), log, beside, setting, part.to()).with(LineFilter.none(out));
    }

    /** Reads on from the beginning of the live file. */
    public void skipArchives(OutputStream out) throws IOException {
        begin(new Place(beside.look().newest(), 0), LineFilter.none(out));
    }

    /** Reads on behind the archives that were rotated before. */
    public void skipBefore(Instant moment, OutputStream out) throws IOException {
        begin(behind(archive -> archive.modified().isBefore(moment)), LineFilter.none(out));
    }

    /** Writes out what has come since and is wanted, 64 MiB of it at most; returns whether anything has come. */
    public boolean more() throws IOException {
        return reading.more();
    }

    /** A line that tells no time, after none that does, has come now. To be called between showing what is there and following. */
    public void supposeTime() {
        reading.filter().supposeTime(setting.clock().instant());
    }

    /** Writes out the last line as it is, if it is wanted, and tells what has to be said of all. */
    public void finish() throws IOException {
        reading.filter().end(setting.clock().instant());
        reading.filter().remark(setting.notes(), log.toString());
    }

    /** Whether something that is there was left out, since it cannot be read. */
    public boolean isIncomplete() {
        return beside.isBlind() || reading.isIncomplete();
    }

    /** Closes what is open, to read on later; of a file that is deleted meanwhile the rest is not read. */
    public void release() throws IOException {
        reading.close();
    }

    private void begin(Place at, LineFilter filter) throws IOException {
        reading.close();
        reading = Reading.of(log, beside, setting, at).with(filter);
    }

    private LineFilter filter(Selection selection, Wanted wanted) {
        return new LineFilter(selection, new LineTimes(setting.zone()), wanted);
    }

    /** Behind what is too old as a whole. */
    private Place beginning(Selection selection) throws IOException {
        return behind(archive -> selection.isTooOld(archive.modified()));
    }

    private Place behind(Predicate<Seen> unwanted) throws IOException {
        var place = Place.BEGINNING;
        for (var archive : beside.look().after(Optional.empty())) {
            if (!unwanted.test(archive)) {
                break;
            }
            place = Place.behind(archive);
        }
        return place;
    }

    /** All that are wanted, or the last of them, which takes to count them first. */
    private Wanted chosen(Wish wish, Place end, OutputStream out) throws IOException {
        if (wish.last().isEmpty()) {
            return Wanted.into(out);
        }
        var counted = new Wanted.Counted();
        var silent = new Setting(setting.clock(), setting.zone(), _ -> {});
        try (var first =
                Reading.of(log, beside, silent, beginning(wish.selection())).with(filter(wish.selection(), counted))) {
            first.upTo(end);
            first.filter().end(setting.clock().instant());
        }
        return Wanted.after(counted.lines() - wish.last().getAsLong(), out);
    }

    @Override
    public void close() throws IOException {
        reading.close();
    }
}
