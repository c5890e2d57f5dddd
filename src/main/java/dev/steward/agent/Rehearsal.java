package dev.steward.agent;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** A life of one beat in a home of its own, without a daemon. */
record Rehearsal(InstantSource clock, LongSupplier nanoTime) {
    void run() throws InterruptedException, IOException {
        var home = Files.createTempDirectory("steward-train-");
        var file = home.resolve("heartbeat.json");
        try {
            var options = new Options("rehearsal", home, Optional.empty(), Optional.of(file), Duration.ofSeconds(1));
            var mailbox = new Mailbox();
            mailbox.put(new Event.Stop());
            new Life(
                            options,
                            Self.here("rehearsal", Map.of()),
                            new Log(OutputStream.nullOutputStream(), clock, ZoneId.systemDefault()),
                            new Beats.Time(clock, nanoTime))
                    .run(mailbox);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(home);
        }
    }
}
