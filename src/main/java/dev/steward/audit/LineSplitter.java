package dev.steward.audit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Makes lines of blocks: of a long one its first mebibyte, and a word on the rest. */
final class LineSplitter implements LineFile.Sink {
    private static final int LONGEST = 1 << 20;

    private final Consumer<String> to;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long more;

    LineSplitter(Consumer<String> to) {
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
