import dev.steward.audit.AuditEvent;
import dev.steward.audit.AuditTrail;
import dev.steward.audit.AuditVerifier;
import dev.steward.audit.AuditVerifier.Verdict;
import dev.steward.audit.Locker;
import dev.steward.posix.Posix;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * Records as the daemon does, through the front door of its package.
 *
 * <pre>
 * Callers append FILE CALLERS SECONDS   so many threads, each of which waits for its record; prints records, seconds, and the
 *                                       microseconds that half, 95 % and 99 % of them waited at most
 * Callers make FILE BYTES               a trail of that size, a thousand records a sync; prints how many records it has
 * </pre>
 */
final class Callers {
    private static final String HASH = "e29f3a4cba918573de6312bfa2549ab1a95bc736b2133669d5e00d0ec85eaf7b";
    private static final double WARM_S = 2;

    public static void main(String... words) throws Exception {
        var file = Path.of(words[1]);
        var trail = trail(file);
        switch (words[0]) {
            case "append" -> append(trail, Integer.parseInt(words[2]), Double.parseDouble(words[3]));
            case "make" -> make(trail, file, Long.parseLong(words[2]));
            default -> throw new IllegalArgumentException(words[0]);
        }
        if (!(AuditVerifier.verify(file) instanceof Verdict.Intact)) {
            throw new IllegalStateException("the trail is not intact");
        }
    }

    private static AuditTrail trail(Path file) {
        var locks = Posix.locksOnly();
        return AuditTrail.open(
                file, InstantSource.system(), ZoneId.systemDefault(), Locker.beside(file, lock -> locks.tryLock(lock).map(held -> held::close)));
    }

    /** Of 394 bytes as a record, like those of a fleet's first days. */
    private static AuditEvent event() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("wo_id", "WO-20251030-7K3V9QX2MD");
        fields.put("priority", "P3");
        fields.put("title", "CLS Self-Test");
        fields.put("sha256_wo", HASH);
        fields.put("sha256_body", HASH);
        fields.put("redis_ack", 1);
        return new AuditEvent("wo_drop", fields);
    }

    private static void append(AuditTrail trail, int callers, double seconds) throws Exception {
        run(trail, callers, WARM_S);
        long began = System.nanoTime();
        int[] waited = run(trail, callers, seconds);
        double took = (System.nanoTime() - began) / 1e9;
        Arrays.sort(waited);
        System.out.printf(
                "%d %.6f %d %d %d%n", waited.length, took, at(waited, 0.50), at(waited, 0.95), at(waited, 0.99));
    }

    private static int at(int[] sorted, double part) {
        return sorted[Math.min(sorted.length - 1, (int) (part * sorted.length))];
    }

    /** Gives the microseconds that each append took. */
    private static int[] run(AuditTrail trail, int callers, double seconds) throws Exception {
        var over = new AtomicBoolean();
        var each = new ArrayList<Caller>();
        for (int i = 0; i < callers; i++) {
            var caller = new Caller(trail, over);
            each.add(caller);
            caller.start();
        }
        Thread.sleep((long) (seconds * 1_000));
        over.set(true);
        var all = IntStream.builder();
        for (var caller : each) {
            caller.join();
            Arrays.stream(caller.waited, 0, caller.count).forEach(all);
        }
        return all.build().toArray();
    }

    /** Waits for each of its records before it has the next one. */
    private static final class Caller extends Thread {
        private final AuditTrail trail;
        private final AtomicBoolean over;
        int[] waited = new int[1_024];
        int count;

        Caller(AuditTrail trail, AtomicBoolean over) {
            this.trail = trail;
            this.over = over;
        }

        @Override
        public void run() {
            while (!over.get()) {
                long began = System.nanoTime();
                try {
                    trail.append(List.of(event()));
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
                if (count == waited.length) {
                    waited = Arrays.copyOf(waited, 2 * count);
                }
                waited[count++] = (int) ((System.nanoTime() - began) / 1_000);
            }
        }
    }

    private static void make(AuditTrail trail, Path file, long bytes) throws Exception {
        var thousand = Collections.nCopies(1_000, event());
        long records = 0;
        while (file.toFile().length() < bytes) {
            records = trail.append(thousand).seq();
        }
        System.out.println(records);
    }
}
