package dev.steward.faults;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Appends numbered lines of random length, one write each, in bursts and without rest. */
final class RotationWriter implements AutoCloseable {
    private static final int LONGEST = 200;

    private final FileChannel file;
    private final Random random;
    /** Of one thread at a time. */
    private long next;

    RotationWriter(Path log, long seed) throws IOException {
        file = FileChannel.open(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        random = new Random(seed);
    }

    long written() {
        return next;
    }

    void write(int lines) throws IOException {
        for (var i = 0; i < lines; i++) {
            var line = next + " " + "x".repeat(random.nextInt(LONGEST)) + "\n";
            file.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
            next++;
        }
    }

    interface Work {
        void run() throws Exception;
    }

    /** Goes on as long as something else is done. */
    void during(Work work) throws Exception {
        var goesOn = new AtomicBoolean(true);
        try (var thread = Executors.newSingleThreadExecutor()) {
            var done = thread.submit(() -> {
                while (goesOn.get()) {
                    write(random.nextInt(20) == 0 ? 3_000 : 1 + random.nextInt(20));
                    // About as much as a busy log gets: it must not fill the disk.
                    LockSupport.parkNanos(random.nextInt(1_000_000));
                }
                return next;
            });
            try {
                work.run();
            } finally {
                goesOn.set(false);
                done.get();
            }
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
