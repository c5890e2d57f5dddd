package dev.steward.bus.remote;

import dev.steward.bus.Bus;
import dev.steward.bus.BusException;
import dev.steward.bus.BusRig.Fixture;
import dev.steward.bus.BusSamples;
import dev.steward.bus.Site;
import dev.steward.bus.embedded.EmbeddedBus;
import dev.steward.bus.ledger.Ledgers;
import dev.steward.bus.local.KnownSite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/** A daemon that serves a real ledger, which can be cut off and come back, and clients of a kind. */
public final class ServedLedger implements Fixture {
    private final Path home;
    private final Site site;
    private final Clients clients;
    private final Deque<AutoCloseable> daemon = new ArrayDeque<>();
    private final Deque<AutoCloseable> used = new ArrayDeque<>();
    private boolean away;
    private Bus bus;

    /** Makes a client of the kind under test. */
    @FunctionalInterface
    public interface Clients {
        /** One that uses the daemon of this home. */
        Bus of(Path home) throws BusException;
    }

    public ServedLedger(Path home, Clients clients) throws Exception {
        this.home = home;
        this.clients = clients;
        this.site = new Site("studio", home.resolve("inbox"), Files.createDirectories(home.resolve("spool")), 1L << 30);
        Files.createDirectories(home.resolve("run"));
        mend();
        this.bus = other();
    }

    @Override
    public Bus bus() {
        return bus;
    }

    @Override
    public Bus other() throws Exception {
        var made = clients.of(home);
        used.push(made);
        return made;
    }

    @Override
    public void restart() throws Exception {
        close();
        mend();
        bus = other();
    }

    @Override
    public Path spool() {
        return site.spool();
    }

    @Override
    public boolean canBeCut() {
        return !(bus instanceof RemoteBus);
    }

    @Override
    public void cut() throws Exception {
        close(daemon);
    }

    /** From its next start on the daemon says that what it reaches others by is away. */
    public void loseOthers() {
        away = true;
    }

    @Override
    public void mend() throws Exception {
        var ledger = Ledgers.open(home.resolve("bus.db"), InstantSource.fixed(BusSamples.CREATED));
        daemon.push(ledger);
        new KnownSite(site, "embedded").keepIn(ledger);
        Bus served = away ? new AwayBus(new EmbeddedBus(ledger)) : new EmbeddedBus(ledger);
        daemon.push(served);
        daemon.push(BusServer.listen(BusSocket.of(home), served, site));
    }

    @Override
    public void close() throws Exception {
        close(used);
        close(daemon);
    }

    private static void close(Deque<AutoCloseable> all) throws Exception {
        while (!all.isEmpty()) {
            all.pop().close();
        }
    }
}
