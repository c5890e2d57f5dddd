package dev.steward.audit;

import dev.steward.posix.Posix;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Appends to a trail with a real lock: {@code FILE NAME THREADS TIMES}, where 0 times is until it is killed, or until a file
 * {@code stop} lies beside the trail. Says {@code ready}, and for each append {@code SEQ LABEL}, the number and label of its last
 * record; each label is given once.
 */
final class AppendingChild {
    private AppendingChild() {}

    public static void main(String... arguments) throws Exception {
        var file = Path.of(arguments[0]);
        int times = Integer.parseInt(arguments[3]);
        AuditTrail trail = trail(file);
        trail.append(List.of());
        System.out.println("ready");
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
            var name = arguments[1] + "-" + i;
            threads.add(Thread.ofPlatform().start(() -> append(trail, file.resolveSibling("stop"), name, times)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    static AuditTrail trail(Path file) {
        var locks = Posix.locksOnly();
        return AuditTrail.open(
                file,
                InstantSource.system(),
                ZoneOffset.UTC,
                Locker.beside(file, lock -> locks.tryLock(lock).map(held -> held::close)));
    }

    private static void append(AuditTrail trail, Path stop, String name, int times) {
        var random = new Random(name.hashCode());
        try {
            for (int i = 0; times == 0 ? !Files.exists(stop) : i < times; i++) {
                var events = new ArrayList<AuditEvent>();
                var label = name + "-" + i;
                for (int j = random.nextInt(3); j > 0; j--) {
                    events.add(new AuditEvent("beside", Map.of("text", "x".repeat(random.nextInt(12_000)))));
                }
                events.add(new AuditEvent("told", Map.of("label", label)));
                System.out.println(trail.append(events).seq() + " " + label);
            }
        } catch (AuditException e) {
            throw new IllegalStateException(e);
        }
    }
}
