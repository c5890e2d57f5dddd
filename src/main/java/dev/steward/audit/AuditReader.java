package dev.steward.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads the end of an audit trail, also while others append. */
public final class AuditReader {
    /** A longer line is shown up to here. */
    private static final int LONGEST = 1 << 20;

    private AuditReader() {}

    /**
     * Gives the last {@code n} whole lines, oldest first, one after the other; of a line over 1 MiB the first MiB and a word on
     * the rest. No more than one line is in memory.
     *
     * @throws AuditException if the file is missing or cannot be read
     * @throws IllegalArgumentException if {@code n} is negative
     */
    public static void tail(Path file, long n, Consumer<String> to) throws AuditException {
        if (n < 0) {
            throw new IllegalArgumentException("the number of lines is negative: " + n);
        }
        try (LineFile lines = LineFile.toRead(file)) {
            long end = lines.newlineBefore(lines.size(), 1) + 1;
            long start = n == 0 ? end : lines.newlineBefore(end, n + 1) + 1;
            lines.copy(start, end, new Splitter(to));
        } catch (IOException e) {
            throw AuditException.of(file, "reading", e, "Check the path and its rights");
        }
    }

    /** Makes lines of blocks. */
    private static final class Splitter implements LineFile.Sink {
        private final Consumer<String> to;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private long more;

        Splitter(Consumer<String> to) {
            this.to = to;
        }

        @Override
        public void take(byte[] bytes, int offset, int length) {
            int start = offset;
            for (int i = offset; i < offset + length; i++) {
                if (bytes[i] == '\n') {
                    add(bytes, start, i - start);
                    emit();
                    start = i + 1;
                }
            }
            add(bytes, start, offset + length - start);
        }

        private void add(byte[] bytes, int offset, int length) {
            int fits = Math.min(length, LONGEST - line.size());
            line.write(bytes, offset, fits);
            more += length - fits;
        }

        private void emit() {
            String text = line.toString(StandardCharsets.UTF_8);
            to.accept(more == 0 ? text : text + "… [" + more + " bytes more]");
            line.reset();
            more = 0;
        }
    }
}
