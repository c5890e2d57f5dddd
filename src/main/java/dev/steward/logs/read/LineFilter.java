package dev.steward.logs.read;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Lets the wanted lines of a stream through, byte for byte. A line's first 64 KiB decide; so memory is bounded however long it is. To be
 * used by one thread.
 */
public final class LineFilter {
    private static final int LOOKED_AT = 1 << 16;
    private static final int FIRST = 1 << 10;

    private final Selection selection;
    private final LineTimes times;
    private final Wanted wanted;
    private final boolean all;
    private byte[] head = new byte[FIRST];
    private int length;
    private Verdict verdict = Verdict.OPEN;
    private Optional<Instant> time = Optional.empty();
    private long decided;
    private long recognised;
    private long tooHard;

    private enum Verdict {
        OPEN,
        TAKE,
        LEAVE
    }

    /** Lines before the first that tells its time have none. */
    public LineFilter(Selection selection, LineTimes times, Wanted wanted) {
        this.selection = selection;
        this.times = times;
        this.wanted = wanted;
        all = selection.isAll();
    }

    /** Lets all through, lines or not. */
    public static LineFilter none(OutputStream out) {
        return new LineFilter(Selection.all(), new LineTimes(ZoneOffset.UTC), Wanted.into(out));
    }

    /**
     * Takes the next bytes of the stream.
     *
     * @param latest about when they were written at the latest
     */
    public void accept(byte[] bytes, int from, int count, Instant latest) throws IOException {
        if (all) {
            wanted.bytes(bytes, from, count);
            return;
        }
        var end = from + count;
        for (var at = from; at < end; ) {
            var next = endOfLine(bytes, at, end);
            part(bytes, at, next - at, latest);
            if (bytes[next - 1] == '\n') {
                finish(latest);
            }
            at = next;
        }
    }

    /** There is no more of a last line that is not ended. */
    public void end(Instant latest) throws IOException {
        if (length > 0 || verdict != Verdict.OPEN) {
            finish(latest);
        }
    }

    /** From now on a line without a time has this one, if none before it has told one: it has just come. */
    public void supposeTime(Instant now) {
        if (time.isEmpty()) {
            time = Optional.of(now);
        }
    }

    /** How many lines were let through since the pattern tried too many ways on them. */
    public long tooHard() {
        return tooHard;
    }

    /** Says what has to be said of all. */
    public void remark(Consumer<String> notes, String log) {
        if (selection.asksForTime() && decided > 0 && recognised == 0) {
            notes.accept("no line of " + log + " that was looked at begins with a time that is known");
        }
        if (tooHard > 0) {
            notes.accept(tooHard + (tooHard == 1 ? " line is" : " lines are")
                    + " shown though the pattern was given up on: it tries too many ways");
        }
    }

    /** Writes out what was let through. */
    public void flush() throws IOException {
        wanted.flush();
    }

    /** What is wanted. */
    public Selection selection() {
        return selection;
    }

    private static int endOfLine(byte[] bytes, int from, int end) {
        for (var i = from; i < end; i++) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        return end;
    }

    private void part(byte[] bytes, int from, int count, Instant latest) throws IOException {
        if (verdict == Verdict.OPEN) {
            var fits = Math.min(count, LOOKED_AT - length);
            if (head.length < length + fits) {
                head = Arrays.copyOf(head, Math.min(LOOKED_AT, Math.max(2 * head.length, length + fits)));
            }
            System.arraycopy(bytes, from, head, length, fits);
            length += fits;
            if (fits == count) {
                return;
            }
            decide(latest);
            rest(bytes, from + fits, count - fits);
            return;
        }
        rest(bytes, from, count);
    }

    private void rest(byte[] bytes, int from, int count) throws IOException {
        if (verdict == Verdict.TAKE) {
            wanted.bytes(bytes, from, count);
        }
    }

    private void finish(Instant latest) throws IOException {
        if (verdict == Verdict.OPEN) {
            decide(latest);
        }
        length = 0;
        verdict = Verdict.OPEN;
    }

    private void decide(Instant latest) throws IOException {
        decided++;
        var text = length > 0 && head[length - 1] == '\n' ? length - 1 : length;
        if (selection.asksForTime()) {
            var told = times.of(head, text, latest);
            if (told.isPresent()) {
                recognised++;
                time = told;
            }
        }
        verdict = selection.wants(time) && matches(text) ? Verdict.TAKE : Verdict.LEAVE;
        if (verdict == Verdict.TAKE) {
            wanted.begin();
            wanted.bytes(head, 0, length);
        }
    }

    private boolean matches(int text) {
        return switch (selection.matches(head, text)) {
            case YES -> true;
            case NO -> false;
            case TOO_HARD -> {
                tooHard++;
                // Rather a line too much than one that somebody looks for in vain.
                yield true;
            }
        };
    }
}
