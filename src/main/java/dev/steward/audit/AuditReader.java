package dev.steward.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads an audit trail, also while others append. Of a line over 1 MiB it gives the first MiB and a word on the rest. */
public final class AuditReader {
    private AuditReader() {}

    /**
     * Gives the last {@code n} whole lines, oldest first, one after the other. No more than one line is in memory.
     *
     * @return where to go on with what comes later
     * @throws AuditException if the file is missing or cannot be read
     * @throws IllegalArgumentException if {@code n} is negative
     */
    public static AuditFollower tail(Path file, long n, Consumer<String> to) throws AuditException {
        if (n < 0) {
            throw new IllegalArgumentException("the number of lines is negative: " + n);
        }
        return reading(file, lines -> {
            long end = lines.newlineBefore(lines.size(), 1) + 1;
            long start = n == 0 ? end : lines.newlineBefore(end, n + 1) + 1;
            lines.copy(start, end, new LineSplitter(to));
            return new AuditFollower(file, lines.identity(), end);
        });
    }

    /**
     * Gives the record of this number, fast in a large file too; of a trail that is not in order all that have it.
     *
     * @return whether there is one
     * @throws AuditException if the file is missing or cannot be read
     */
    public static boolean record(Path file, long seq, Consumer<String> to) throws AuditException {
        return reading(file, lines -> new RecordSearch(lines, to).bySeq(seq));
    }

    /**
     * Gives the records with a higher number than this, oldest first, as of one moment; fast where they are few, in a file of any size.
     *
     * @return whether there is one
     * @throws AuditException if the file is missing or cannot be read
     */
    public static boolean recordsAfter(Path file, long seq, Consumer<String> to) throws AuditException {
        return reading(file, lines -> new RecordSearch(lines, to).after(seq));
    }

    /**
     * Gives all records of a work order, oldest first; lines from before the chain too.
     *
     * @param id the value of their {@code wo_id}
     * @return whether there is one
     * @throws AuditException if the file is missing or cannot be read
     */
    public static boolean recordsOf(Path file, String id, Consumer<String> to) throws AuditException {
        return reading(file, lines -> new RecordSearch(lines, to).byOrder(id));
    }

    /** A record for people: a field a line, and what the next record's {@code prev} is to be; another line as it is. */
    public static String forPeople(String line) {
        return RecordText.of(line);
    }

    /** Does something with an open file. */
    interface Reading<T> {
        T of(LineFile lines) throws IOException;
    }

    static <T> T reading(Path file, Reading<T> reading) throws AuditException {
        try (LineFile lines = LineFile.toRead(file)) {
            return reading.of(lines);
        } catch (IOException e) {
            throw AuditException.of(file, "reading", e, "Check the path and its rights");
        }
    }
}
