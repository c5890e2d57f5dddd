package dev.steward.bus.local;

import dev.steward.bus.BusException;
import dev.steward.bus.Heading;
import dev.steward.bus.ledger.Words;
import java.util.List;
import java.util.Optional;

/**
 * The inboxes that somebody of this node receives, as its daemon was told last; kept in the ledger for who works on the home while no
 * daemon runs.
 *
 * @param names as they were written
 */
public record KnownInboxes(List<String> names) {
    private static final String KEY = "site.received";
    /** No name has it. */
    private static final String BETWEEN = "\n";

    public KnownInboxes {
        names = List.copyOf(names);
    }

    /** Keeps them. */
    public void keepIn(Words ledger) throws BusException {
        if (!in(ledger).equals(Optional.of(this))) {
            ledger.remember(KEY, String.join(BETWEEN, names));
        }
    }

    /** What was kept; empty if no daemon did so yet. */
    public static Optional<KnownInboxes> in(Words ledger) throws BusException {
        return ledger.remembered(KEY)
                .map(text -> new KnownInboxes(text.isEmpty() ? List.of() : List.of(text.split(BETWEEN))));
    }

    /** Whether it is among them, in any case. */
    public boolean has(String inbox) {
        return names.stream().anyMatch(name -> Heading.inbox(name).equals(Heading.inbox(inbox)));
    }
}
