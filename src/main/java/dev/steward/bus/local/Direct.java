package dev.steward.bus.local;

import dev.steward.bus.Accepted;
import dev.steward.bus.Beat;
import dev.steward.bus.Bus;
import dev.steward.bus.BusException;
import dev.steward.bus.BusException.Kind;
import dev.steward.bus.Presence;
import dev.steward.bus.Site;
import dev.steward.bus.WorkOrder;
import dev.steward.bus.embedded.EmbeddedBus;
import dev.steward.bus.ledger.Ledger;
import dev.steward.bus.ledger.Ledgers;
import dev.steward.bus.remote.BusSocket;
import dev.steward.store.SqliteNative;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** The node's bus without its daemon: the ledger itself. What is meant for other nodes waits there. */
final class Direct implements Bus {
    private final Path home;
    private final Ledger ledger;
    private final KnownSite known;
    private final EmbeddedBus bus;

    private Direct(Path home, Ledger ledger, KnownSite known) {
        this.home = home;
        this.ledger = ledger;
        this.known = known;
        this.bus = new EmbeddedBus(ledger);
    }

    /**
     * Opens the ledger of a home.
     *
     * @throws BusException {@code UNAVAILABLE} if no daemon ran there yet
     */
    static Direct open(Path home, InstantSource clock) throws BusException {
        var file = home.resolve("bus.db");
        if (Files.notExists(file)) {
            throw neverSetUp(home);
        }
        SqliteNative.prepare(home.resolve("run").resolve("native"));
        var ledger = Ledgers.open(file, clock);
        try {
            var known = KnownSite.in(ledger).orElseThrow(() -> neverSetUp(home));
            if (known.isLinked()) {
                ledger.close();
                ledger = Ledgers.openLinked(file, clock);
            }
            return new Direct(home, ledger, known);
        } catch (BusException e) {
            ledger.close();
            throw e;
        }
    }

    private static BusException neverSetUp(Path home) {
        return new BusException(
                Kind.UNAVAILABLE,
                "no daemon has set up work orders in " + home + " yet: " + BusSocket.unanswered(home));
    }

    Site site() {
        return known.site();
    }

    @Override
    public Accepted drop(WorkOrder order) throws BusException {
        return bus.drop(order);
    }

    @Override
    public Reception receive(String inbox) throws BusException {
        if (known.isLinked()) {
            throw new BusException(Kind.UNAVAILABLE, withoutDaemon());
        }
        return bus.receive(inbox);
    }

    @Override
    public Listening listen(String from) throws BusException {
        return bus.listen(from);
    }

    @Override
    public void beat(Beat beat) throws BusException {
        bus.beat(beat);
    }

    @Override
    public Presence presence() {
        return known.isLinked() ? new Presence.Away(known.bus(), withoutDaemon()) : bus.presence();
    }

    private String withoutDaemon() {
        return BusSocket.unanswered(home) + ". It alone speaks to " + known.bus() + "; orders wait until it does";
    }

    @Override
    public void close() throws BusException {
        bus.close();
        ledger.close();
    }
}
