package dev.steward.orders.record;

import dev.steward.audit.AuditEvent;
import dev.steward.audit.AuditException;
import dev.steward.audit.AuditReader;
import dev.steward.audit.AuditTrail;
import dev.steward.audit.Locker;
import dev.steward.bus.BusException;
import dev.steward.bus.ledger.Debt;
import dev.steward.bus.ledger.Owed;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Carries what the ledger owes to the audit trail, in order, each record once: also through a kill between the two, and although the
 * daemon and commands may carry at once. Any thread may call.
 *
 * <p>The ledger remembers how long the trail was when it was carried to last. What is owed and stands behind that place was carried by
 * somebody who was killed before he could say so.
 */
public final class AuditCarrier {
    private static final String REACHED = "audit_reached";
    private static final int AT_ONCE = 500;

    private final Debt ledger;
    private final AuditTrail trail;
    private final Path file;
    private final Locker alone;

    /**
     * Carries from this ledger to this trail.
     *
     * @param file of the trail
     * @param alone taken while it carries; another lock than the trail's
     */
    public AuditCarrier(Debt ledger, AuditTrail trail, Path file, Locker alone) {
        this.ledger = ledger;
        this.trail = trail;
        this.file = file.toAbsolutePath();
        this.alone = alone;
    }

    /**
     * Carries all that is owed now; gives how many records that were.
     *
     * @throws BusException if the ledger cannot be used
     * @throws AuditException if the trail cannot be used
     * @throws IOException if the lock cannot be had. After each of them the rest stays owed
     */
    public long carry() throws BusException, AuditException, IOException {
        var carried = 0L;
        var owed = ledger.owed(AT_ONCE);
        while (!owed.isEmpty()) {
            carried += carryAlone();
            owed = owed.size() < AT_ONCE ? List.of() : ledger.owed(AT_ONCE);
        }
        return carried;
    }

    private long carryAlone() throws BusException, AuditException, IOException {
        try (Closeable _ = alone.lock()) {
            // Asked again: whoever had the lock before may have carried them.
            var owed = ledger.owed(AT_ONCE);
            if (owed.isEmpty()) {
                return 0;
            }
            var there = alreadyThere(owed);
            var missing =
                    owed.stream().filter(each -> !there.contains(each.seq())).toList();
            var head = trail.append(missing.stream().map(AuditCarrier::event).toList());
            ledger.recorded(owed.getLast().seq(), REACHED, place(head.seq()));
            return missing.size();
        }
    }

    static AuditEvent event(Owed owed) {
        return new AuditEvent(owed.event(), Carried.fields(owed));
    }

    private Set<Long> alreadyThere(List<Owed> owed) throws BusException, AuditException {
        var end = trail.append(List.of()).seq();
        var reached = reached();
        if (reached < 0) {
            // Nothing was carried to this trail yet. From now on it is known where to look.
            ledger.remember(REACHED, place(end));
            return Set.of();
        }
        if (end == reached) {
            return Set.of();
        }
        var carried = new Carried(owed);
        // A trail that was moved away begins anew. Others append to it meanwhile.
        AuditReader.recordsAfter(file, end < reached ? 0 : reached, carried::look);
        return carried.found();
    }

    /** The seq of the record that was the last; −1 if nothing was ever carried to this trail. */
    private long reached() throws BusException {
        var remembered = ledger.remembered(REACHED).orElse("");
        var space = remembered.indexOf(' ');
        return space > 0 && remembered.substring(space + 1).equals(file.toString())
                ? Long.parseLong(remembered, 0, space, 10)
                : -1;
    }

    private String place(long seq) {
        return seq + " " + file;
    }
}
