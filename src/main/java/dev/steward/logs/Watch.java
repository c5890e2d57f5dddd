package dev.steward.logs;

import dev.steward.posix.Changes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** Says which logs have grown beyond what they may. Looks at those that grow, and hears of the first write to one that rests. One thread. */
final class Watch implements AutoCloseable {
    private final LongSupplier nanos;
    private final Changes changes;
    private final Map<Path, Pace> paces = new HashMap<>();
    /** Those that need no look until they change. */
    private final Set<Path> resting = new HashSet<>();

    Watch(LongSupplier nanos, Changes changes) {
        this.nanos = nanos;
        this.changes = changes;
    }

    /** What has changed since is looked at again. To be called before a round of looks. */
    void wakeUp() {
        for (var changed : changes.await(Duration.ZERO)) {
            if (resting.remove(changed)) {
                paces.put(changed, Pace.begin(nanos.getAsLong()));
            }
        }
    }

    /** Whether it is too large by now, as far as it is to be looked at. */
    boolean isLarge(Log log) {
        var now = nanos.getAsLong();
        var pace = paces.getOrDefault(log.path(), Pace.begin(now));
        if (resting.contains(log.path()) || !pace.isDue(now)) {
            return false;
        }
        if (pace.rests(now) && changes.arm(log.path())) {
            resting.add(log.path());
        }
        var seen = pace.seen(size(log.path()), now);
        paces.put(log.path(), seen);
        return seen.isLarge(Due.limit(log.rules()));
    }

    /** That one was large, and there is nothing to rotate yet. */
    void notDue(Log log) {
        paces.computeIfPresent(log.path(), (_, pace) -> pace.notDue(Due.limit(log.rules())));
    }

    /** That one is looked at in the next round, whenever that is. */
    void soon(Log log) {
        paces.computeIfPresent(log.path(), (_, pace) -> pace.soon(nanos.getAsLong()));
    }

    /** That one is left alone for a while. */
    void troubled(Log log) {
        var now = nanos.getAsLong();
        paces.put(log.path(), paces.getOrDefault(log.path(), Pace.begin(now)).troubled(now));
        if (resting.remove(log.path())) {
            changes.disarm(log.path());
        }
    }

    /** Forgets all others. */
    void keep(Set<Path> logs) {
        paces.keySet().retainAll(logs);
        for (var path : Set.copyOf(resting)) {
            if (!logs.contains(path)) {
                resting.remove(path);
                changes.disarm(path);
            }
        }
    }

    private static long size(Path log) {
        try {
            return Files.readAttributes(log, BasicFileAttributes.class).size();
        } catch (IOException e) {
            // What is not there is not too large; why it cannot be seen, its rotation says.
            return 0;
        }
    }

    @Override
    public void close() {
        changes.close();
    }
}
