package dev.steward.bus.local;

import dev.steward.bus.BusException;
import dev.steward.bus.BusException.Kind;
import dev.steward.bus.Site;
import dev.steward.bus.ledger.Words;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The node as its daemon set it up last, kept in the ledger for who works on the home while no daemon runs.
 *
 * @param bus {@code embedded} or {@code redis}
 */
public record KnownSite(Site site, String bus) {
    private static final String NODE = "site.node";
    private static final String INBOXES = "site.inboxes";
    private static final String SPOOL = "site.spool";
    private static final String MAX_BODY = "site.max_body";
    private static final String BUS = "site.bus";

    /** Whether orders go to other nodes too, for which the daemon alone can send them. */
    public boolean isLinked() {
        return !bus.equals("embedded");
    }

    /** Keeps it. To be called by the daemon before it lets others in. */
    public void keepIn(Words ledger) throws BusException {
        ledger.remember(NODE, site.node());
        ledger.remember(INBOXES, site.inboxes().toString());
        ledger.remember(SPOOL, site.spool().toString());
        ledger.remember(MAX_BODY, Long.toString(site.maxBody()));
        // Last: with it all is there.
        ledger.remember(BUS, bus);
    }

    /** What was kept; empty if no daemon did so yet. */
    public static Optional<KnownSite> in(Words ledger) throws BusException {
        var bus = ledger.remembered(BUS);
        if (bus.isEmpty()) {
            return Optional.empty();
        }
        try {
            var site = new Site(
                    word(ledger, NODE),
                    Path.of(word(ledger, INBOXES)),
                    Path.of(word(ledger, SPOOL)),
                    Long.parseLong(word(ledger, MAX_BODY)));
            return Optional.of(new KnownSite(site, bus.get()));
        } catch (InvalidPathException | NumberFormatException e) {
            throw new BusException(
                    Kind.UNUSABLE, "what the ledger knows of the node makes no sense: " + e.getMessage(), e);
        }
    }

    private static String word(Words ledger, String key) throws BusException {
        return ledger.remembered(key)
                .orElseThrow(() -> new BusException(Kind.UNUSABLE, "the ledger does not know the node's " + key));
    }
}
