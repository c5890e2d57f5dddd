package dev.steward.cli;

import dev.steward.control.RotationChanges;
import dev.steward.daemon.Home;
import dev.steward.logs.Outcome;
import dev.steward.posix.Posix;
import dev.steward.store.Batch;
import dev.steward.store.Store;
import dev.steward.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/**
 * Remembers what a command did to logs while no daemon runs. The node's memory belongs to its daemon alone, so that this holds the
 * daemon's lock for that moment: a daemon that starts just then waits for it.
 */
record RotationRecord(Home home) {
    /** Writes it; gives why it could not be, for people. Where no daemon ever ran there is nothing to write to. */
    Optional<String> write(List<Outcome> outcomes) {
        var changes = outcomes.stream()
                .flatMap(outcome -> RotationChanges.of(outcome).stream())
                .toList();
        if (changes.isEmpty() || !Files.exists(home.state())) {
            return Optional.empty();
        }
        try {
            // SQLite is loaded, and what is wrong found out, before anybody has to wait.
            Store.openReadOnly(home.state()).close();
            return locked(Batch.ofRotations(changes));
        } catch (StoreException | IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private Optional<String> locked(Batch batch) throws IOException, StoreException {
        var lock = Posix.locksOnly().tryLock(home.lock());
        if (lock.isEmpty()) {
            return Optional.of("a daemon holds " + home.state());
        }
        try (var _ = lock.get()) {
            Store.addTo(home.state(), batch);
            return Optional.empty();
        }
    }
}
