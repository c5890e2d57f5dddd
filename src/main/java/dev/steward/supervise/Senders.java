package dev.steward.supervise;

import dev.steward.posix.Processes;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Finds out who sent something, as long as the sender lives: a pid alone says nothing afterwards. Thread-safe. */
final class Senders {
    private static final int FARTHEST = 32;

    private final Processes processes;

    Senders(Processes processes) {
        this.processes = processes;
    }

    /**
     * A process, with what tells whose it is.
     *
     * @param kin its own pid, and those of its ancestors
     */
    record Sender(long session, Set<Long> kin) {
        /** Whether it belongs to an agent: by its session, or by descent from its main process. What it says of itself proves nothing. */
        boolean isOf(long itsSession, long main) {
            return session == itsSession || kin.contains(main);
        }
    }

    /** Empty if it has ended. */
    Optional<Sender> find(long pid) {
        return processes.find(pid).map(process -> {
            var kin = new LinkedHashSet<Long>();
            kin.add(pid);
            var parent = process.parent();
            while (parent > 1 && kin.size() < FARTHEST && kin.add(parent)) {
                parent = processes
                        .find(parent)
                        .map(Processes.ProcessInfo::parent)
                        .orElse(0L);
            }
            return new Sender(process.session(), kin);
        });
    }
}
