package dev.steward.daemon;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Cuts bytes into lines. A line longer than 8 KiB is handed on in pieces. */
final class Lines extends OutputStream {
    private static final int LONGEST = 8 * 1024;

    private final Consumer<String> consumer;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    Lines(Consumer<String> consumer) {
        this.consumer = consumer;
    }

    @Override
    public void write(int oneByte) {
        if (oneByte == '\n') {
            handOn();
            return;
        }
        line.write(oneByte);
        if (line.size() >= LONGEST) {
            handOn();
        }
    }

    private void handOn() {
        consumer.accept(line.toString(StandardCharsets.UTF_8));
        line.reset();
    }
}
