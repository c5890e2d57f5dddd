package dev.steward.daemon;

import dev.steward.store.AgentRow;
import dev.steward.store.IncidentRow;
import dev.steward.store.SqliteNative;
import dev.steward.store.StateReader;
import dev.steward.store.Store;
import dev.steward.store.StoreException;
import dev.steward.store.StoreException.Kind;
import dev.steward.supervise.Supervisor;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the daemon remembers at its start, and where it records from now on. It starts whatever became of its database: agents that
 * run must not be left alone for it.
 *
 * @param trouble what became of it, if it is not as it was left
 */
record Recall(Store store, Supervisor.Memory memory, Optional<Trouble> trouble) {
    private static final Logger LOG = LoggerFactory.getLogger(Recall.class);

    /**
     * To be said loudly.
     *
     * @param cause of the incident that it opens
     * @param told for people
     */
    record Trouble(String cause, String told) {}

    /**
     * Opens the store, or else one that lasts as long as this process.
     *
     * @throws StoreException if a newer Steward wrote it, or if there is not even memory
     */
    static Recall of(Home home, boolean usedBefore, InstantSource clock) throws StoreException {
        if (SqliteNative.prepare(home.run().resolve("native")) instanceof SqliteNative.Prepared.DriversDefault usual) {
            LOG.debug("SQLite's library is where its driver puts it: {}", usual.why());
        }
        var isThere = Files.exists(home.state());
        try {
            var opened = Store.open(home.state(), clock);
            var damage = opened.corruptKeptAside()
                    .map(
                            aside -> new Trouble(
                                    "store-damaged",
                                    home.state() + " was damaged (" + opened.damage() + "). It was kept as " + aside
                                            + "; what runs was found without it, what was asked by hand and the history are lost"));
            var loss = !isThere && usedBefore
                    ? Optional.of(new Trouble(
                            "store-missing",
                            home.state() + " was gone; what runs was found without it, what was asked by hand and the"
                                    + " history are lost"))
                    : Optional.<Trouble>empty();
            return new Recall(opened.store(), memory(opened.store()), damage.or(() -> loss));
        } catch (StoreException e) {
            if (e.kind() == Kind.OTHER_VERSION) {
                throw e;
            }
            var told = e.getMessage() + ". Agents run; what happens is kept in memory until the file can be opened";
            return new Recall(
                    Store.withoutFile(home.state(), clock, told),
                    lastKnown(home),
                    Optional.of(new Trouble("store-unusable", told)));
        }
    }

    private static Supervisor.Memory memory(StateReader store) throws StoreException {
        List<AgentRow> agents = store.agents();
        List<IncidentRow> open = store.incidents(true, Integer.MAX_VALUE);
        return new Supervisor.Memory(agents, open);
    }

    private static Supervisor.Memory lastKnown(Home home) {
        try (var reader = Store.openReadOnly(home.state())) {
            return memory(reader);
        } catch (StoreException e) {
            LOG.warn("Nothing is known from before: {}", e.getMessage());
            return new Supervisor.Memory(List.of(), List.of());
        }
    }
}
