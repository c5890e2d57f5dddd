package dev.steward.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/** Trails and events for tests. */
final class Trails {
    static final Instant NOW = Instant.parse("2025-10-29T22:29:04.123456789Z");
    static final ZoneId ZONE = ZoneId.of("Asia/Bangkok");

    private Trails() {}

    static Locker locker(ReentrantLock lock) {
        return () -> {
            lock.lock();
            return lock::unlock;
        };
    }

    static AuditTrail open(Path file) {
        return AuditTrail.open(file, InstantSource.fixed(NOW), ZONE, locker(new ReentrantLock()));
    }

    static AuditEvent event(int number) {
        return new AuditEvent("tried", Map.of("number", number));
    }

    /** A trail of so many records. */
    static Head write(Path file, int records) throws AuditException {
        return open(file)
                .append(IntStream.rangeClosed(1, records)
                        .mapToObj(Trails::event)
                        .toList());
    }

    static List<String> tail(Path file, int lines) throws AuditException {
        var out = new ArrayList<String>();
        AuditReader.tail(file, lines, out::add);
        return out;
    }

    static void replace(Path file, String from, String to) throws IOException {
        Files.writeString(file, Files.readString(file).replace(from, to));
    }
}
