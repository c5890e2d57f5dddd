package dev.steward.bus.ledger;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Who is to be called after changes. The writer's thread alone calls. */
final class Watchers {
    private final List<Watcher> all = new CopyOnWriteArrayList<>();

    /** One that is called. No record: the same runnable may watch twice. */
    private static final class Watcher {
        private final Optional<String> name;
        private final Runnable changed;

        /** @param name of whom changes are watched; empty: of all */
        Watcher(Optional<String> name, Runnable changed) {
            this.name = name;
            this.changed = changed;
        }

        boolean isConcernedBy(Set<String> names) {
            return name.isEmpty() || names.contains(name.get());
        }

        void call() {
            try {
                changed.run();
            } catch (RuntimeException e) {
                // Its mistake is told as if its own thread had died of it; commits go on.
                var thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
        }
    }

    AutoCloseable add(Optional<String> name, Runnable changed) {
        var watcher = new Watcher(name, changed);
        all.add(watcher);
        return () -> all.remove(watcher);
    }

    boolean any() {
        return !all.isEmpty();
    }

    /** Something changed that concerns these. */
    void changed(Set<String> names) {
        for (var each : all) {
            if (each.isConcernedBy(names)) {
                each.call();
            }
        }
    }

    /** Another process changed something. */
    void changedElsewhere() {
        for (var each : all) {
            each.call();
        }
    }
}
