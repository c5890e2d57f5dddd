package dev.steward.supervise;

import dev.steward.logs.LogReader;
import dev.steward.logs.read.LineFilter;
import dev.steward.logs.read.LineTimes;
import dev.steward.logs.read.Selection;
import dev.steward.logs.read.Wanted;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A line of an agent's log proves it ready. Reads on from where it stopped, through rotations; a line counts once it is whole, and its
 * first 64 KiB are looked at.
 */
final class LogProbe implements ReadyProbe {
    private final LogReader reader;
    private final LineFilter lines;
    private boolean placed;
    private boolean found;

    private LogProbe(Path log, Pattern pattern) {
        // What is missing or cannot be read proves nothing, and is for others to tell.
        reader = LogReader.of(log, LogReader.Setting.timeless(_ -> {}));
        var selection = new Selection(Optional.empty(), Optional.empty(), Optional.of(pattern));
        lines = new LineFilter(selection, new LineTimes(ZoneOffset.UTC), new Proof());
    }

    /** What the log holds by now proves nothing. */
    static LogProbe fromNow(Path log, Pattern pattern) {
        var probe = new LogProbe(log, pattern);
        probe.place(() -> probe.reader.skipAll(probe.new Lines()));
        return probe;
    }

    /** What was archived before that moment proves nothing. */
    static LogProbe since(Instant moment, Path log, Pattern pattern) {
        var probe = new LogProbe(log, pattern);
        probe.place(() -> probe.reader.skipBefore(moment, probe.new Lines()));
        return probe;
    }

    private interface Placing {
        void run() throws IOException;
    }

    private void place(Placing placing) {
        try {
            placing.run();
            reader.release();
            placed = true;
        } catch (IOException e) {
            // Read from elsewhere, it might take a line of an earlier incarnation for proof.
            placed = false;
        }
    }

    @Override
    public boolean check() {
        try {
            if (placed && !found) {
                reader.more();
                reader.release();
            }
            return found;
        } catch (IOException notYet) {
            return found;
        }
    }

    private final class Lines extends OutputStream {
        @Override
        public void write(int each) throws IOException {
            write(new byte[] {(byte) each}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            if (!found) {
                lines.accept(bytes, from, count, Instant.EPOCH);
            }
        }
    }

    private final class Proof implements Wanted {
        private long tooHard;

        @Override
        public void begin() {
            // Where the pattern was given up on, nobody knows.
            found = found || lines.tooHard() == tooHard;
            tooHard = lines.tooHard();
        }

        @Override
        public void bytes(byte[] bytes, int from, int count) {
            // That there is such a line is enough.
        }

        @Override
        public void flush() {
            // Nothing is written.
        }
    }
}
