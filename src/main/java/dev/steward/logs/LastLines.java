package dev.steward.logs;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Finds where the last lines of a log begin, from its end backward, so that no more is read than is needed. */
final class LastLines {
    private static final int BLOCK = 1 << 16;
    /** A log that is cut again and again is short each time. */
    private static final int TRIES = 100;

    private final Path log;
    private final Beside beside;

    LastLines(Path log, Beside beside) {
        this.log = log;
        this.beside = beside;
    }

    /**
     * A part of the stream.
     *
     * @param to what is there by now ends here
     * @param before what stands before that
     */
    record Part(Place from, Place to, Remnant before) {}

    /**
     * The last lines that are there by now; all, if there are fewer. A last line that is not ended counts as one.
     *
     * @param lines not less than 0
     */
    Part last(long lines) throws IOException {
        for (var i = 0; i < TRIES; i++) {
            var found = tried(lines);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new IOException(log + " is rotated faster than it can be read");
    }

    /** Counts line ends, backward from the end of the stream. */
    private static final class Count {
        private long left;
        private boolean atEnd = true;

        Count(long lines) {
            left = lines;
        }

        /** Whether this many lines are behind the newline that was just met; the last byte of all ends a line, and begins none. */
        boolean isEnough() {
            if (atEnd) {
                atEnd = false;
                return false;
            }
            return --left <= 0;
        }

        /** Where the first wanted line begins among these bytes; −1 if before them. */
        int backward(byte[] bytes, int count) {
            for (var i = count - 1; i >= 0; i--) {
                if (bytes[i] == '\n') {
                    if (isEnough()) {
                        return i + 1;
                    }
                }
                atEnd = false;
            }
            return -1;
        }
    }

    /** Empty if something has changed meanwhile. */
    private Optional<Part> tried(long lines) throws IOException {
        var count = new Count(lines);
        try (var tail = LiveTail.open(log, beside)) {
            var end = tail.end();
            var bytes = lines == 0 ? end.bytes() : backward(tail, end.bytes(), count);
            var before = before(tail, end.bytes());
            if (!tail.isStillSo()) {
                return Optional.empty();
            }
            var from = bytes < 0 ? inArchives(end.after(), count) : new Place(end.after(), bytes);
            return Optional.of(new Part(from, end, before));
        }
    }

    private static Remnant before(LiveTail tail, long end) throws IOException {
        var bytes = new byte[(int) Math.min(Remnant.MOST, end)];
        tail.read(bytes, end - bytes.length, bytes.length);
        var before = new Remnant();
        before.add(bytes, bytes.length);
        return before;
    }

    private static long backward(LiveTail tail, long end, Count count) throws IOException {
        var block = new byte[BLOCK];
        for (var to = end; to > 0; ) {
            var from = Math.max(0, to - BLOCK);
            tail.read(block, from, (int) (to - from));
            var found = count.backward(block, (int) (to - from));
            if (found >= 0) {
                return from + found;
            }
            to = from;
        }
        return -1;
    }

    private Place inArchives(Optional<Seen> newest, Count count) throws IOException {
        var next = newest;
        for (var i = 0; next.isPresent() && i < TRIES; i++) {
            // It may have another number by now, or be compressed.
            var now = beside.look();
            var seen = now.find(next.get());
            if (seen.isEmpty()) {
                return Place.BEGINNING;
            }
            var at = backwardIn(seen.get(), count);
            if (at.isPresent() && at.get() >= 0) {
                return new Place(now.before(seen.get()), at.get());
            }
            if (at.isPresent()) {
                next = now.before(seen.get());
                i = 0;
            }
        }
        return Place.BEGINNING;
    }

    /** In an archive: −1 if the lines begin before it; empty if it is no longer there. What cannot be read is as if it were not there. */
    private Optional<Long> backwardIn(Seen seen, Count count) throws IOException {
        try {
            return seen.archive().compressed() ? inGzip(seen, count) : inFile(seen, count);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            // Reading it will tell.
            return Optional.of(-1L);
        }
    }

    private Optional<Long> inFile(Seen seen, Count count) throws IOException {
        var file = LiveFile.open(beside.path(seen.archive()));
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try (var archive = file.get()) {
            if (!archive.id().equals(seen.file())) {
                return Optional.empty();
            }
            var block = new byte[BLOCK];
            for (var to = archive.size(); to > 0; ) {
                var from = Math.max(0, to - BLOCK);
                var read = archive.read(block, 0, (int) (to - from), from);
                var found = count.backward(block, read);
                if (found >= 0) {
                    return Optional.of(from + found);
                }
                to = from;
            }
            return Optional.of(-1L);
        }
    }

    /** What is compressed can only be read forward: first it is counted how many lines to leave out. */
    private Optional<Long> inGzip(Seen seen, Count count) throws IOException {
        var all = newlines(seen, Long.MAX_VALUE);
        if (all.isEmpty()) {
            return Optional.empty();
        }
        var ends = all.get().count() - (count.atEnd && all.get().endsWithOne() ? 1 : 0);
        if (ends < count.left) {
            count.atEnd = count.atEnd && all.get().bytes() == 0;
            count.left -= ends;
            return Optional.of(-1L);
        }
        return newlines(seen, ends - count.left + 1).map(Newlines::bytes);
    }

    /** @param bytes up to and with the last that was counted */
    private record Newlines(long count, long bytes, boolean endsWithOne) {}

    private Optional<Newlines> newlines(Seen seen, long most) throws IOException {
        var opened = OpenArchive.open(beside, seen);
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        try (var archive = opened.get()) {
            var block = new byte[BLOCK];
            var found = 0L;
            var last = -1;
            for (var read = archive.read(block, BLOCK); read > 0; read = archive.read(block, BLOCK)) {
                for (var i = 0; i < read; i++) {
                    if (block[i] == '\n' && ++found == most) {
                        return Optional.of(new Newlines(found, archive.at() - read + i + 1, true));
                    }
                }
                last = block[read - 1];
            }
            return Optional.of(new Newlines(found, archive.at(), last == '\n'));
        }
    }
}
