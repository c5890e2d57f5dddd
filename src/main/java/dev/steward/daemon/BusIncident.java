package dev.steward.daemon;

import dev.steward.bus.Presence;
import dev.steward.store.IncidentChange;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is told of the bus when it goes away and comes back, and when it is away for another reason than before. For one thread. */
final class BusIncident {
    private static final Logger LOG = LoggerFactory.getLogger(BusIncident.class);
    private static final String SUBJECT = "bus";
    private static final String AWAY = "bus-away";

    /** As the incident says; empty until this daemon has looked. */
    private Optional<Presence> told = Optional.empty();

    /** What changes by this; empty if it is as before. */
    Optional<IncidentChange> look(Presence now, Instant at) {
        var before = told;
        told = Optional.of(now);
        return switch (now) {
            case Presence.Connected _
            when before.isPresent() && before.get() instanceof Presence.Connected -> Optional.empty();
            case Presence.Connected _ -> {
                before.ifPresent(_ -> LOG.info("The bus is back"));
                // At first, too: a daemon before this one may have opened it.
                yield Optional.of(new IncidentChange.Resolve(SUBJECT, AWAY, at));
            }
            case Presence.Away gone when before.equals(told) -> Optional.empty();
            case Presence.Away gone -> {
                LOG.warn("The bus is away: {}", gone.reason());
                yield Optional.of(new IncidentChange.Open(SUBJECT, AWAY, gone.reason(), at));
            }
        };
    }
}
