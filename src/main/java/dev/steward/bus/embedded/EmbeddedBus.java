package dev.steward.bus.embedded;

import dev.steward.bus.Accepted;
import dev.steward.bus.Beat;
import dev.steward.bus.Bus;
import dev.steward.bus.BusException;
import dev.steward.bus.Heading;
import dev.steward.bus.Presence;
import dev.steward.bus.WorkOrder;
import dev.steward.bus.ledger.Ledger;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The bus of one node: what is dropped waits in the ledger, and is taken from there. Whoever waits is woken by the change; what another
 * process changed in the ledger, within a second.
 *
 * <p>Which orders were given to whom is kept in memory. So two processes that receive for one inbox may be given the same order; of them
 * the kernel's lock on the inbox keeps all but one away.
 */
public final class EmbeddedBus implements Bus {
    private static final String KIND = "embedded";

    private final Ledger ledger;
    private final Claims claims = new Claims();
    private final Set<EmbeddedReception> receptions = ConcurrentHashMap.newKeySet();
    private final Set<EmbeddedListening> listenings = ConcurrentHashMap.newKeySet();
    private final Map<String, Beat> beats = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** @param ledger stays open when the bus is closed: it belongs to who opened it */
    public EmbeddedBus(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public Accepted drop(WorkOrder order) throws BusException {
        check();
        return ledger.drop(order);
    }

    @Override
    public Reception receive(String inbox) throws BusException {
        check();
        var reception = new EmbeddedReception(inbox, ledger, claims, this::left);
        receptions.add(reception);
        return reception;
    }

    /** What it had taken is there for those who wait. */
    private void left(EmbeddedReception gone) {
        receptions.remove(gone);
        receptions.forEach(EmbeddedReception::again);
    }

    @Override
    public Listening listen(String from) throws BusException {
        check();
        var listening = new EmbeddedListening(from, ledger, listenings::remove);
        listenings.add(listening);
        return listening;
    }

    @Override
    public void beat(Beat beat) throws BusException {
        check();
        beats.put(Heading.inbox(beat.agent()), beat);
    }

    /**
     * The last sign of life that an agent gave over this bus.
     *
     * @param agent in any case
     */
    public Optional<Beat> lastBeat(String agent) {
        return Optional.ofNullable(beats.get(Heading.inbox(agent)));
    }

    /** By a question to the ledger. */
    @Override
    public Presence presence() {
        try {
            check();
            ledger.remembered(KIND);
            return new Presence.Connected(KIND);
        } catch (BusException e) {
            return new Presence.Away(KIND, String.valueOf(e.getMessage()));
        }
    }

    private void check() throws BusException {
        if (closed) {
            throw new BusException(BusException.Kind.UNAVAILABLE, "the bus was closed by this process");
        }
    }

    @Override
    public void close() {
        closed = true;
        receptions.forEach(EmbeddedReception::close);
        listenings.forEach(EmbeddedListening::close);
    }
}
