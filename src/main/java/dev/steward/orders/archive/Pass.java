package dev.steward.orders.archive;

import dev.steward.bus.BusException;
import dev.steward.bus.ledger.Ledger;
import dev.steward.config.OrderRules;
import dev.steward.orders.Spool;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * One pass over all orders: gives up what is stale, moves what came to its end into the archive, deletes what is beyond what is kept, and
 * has forgotten what nothing is left of. Killed at any moment, the next pass goes on where this one was: each step can be done again.
 */
final class Pass {
    /** No drop takes that long between its file and its order. */
    private static final Duration DROP_TAKES = Duration.ofHours(1);

    private final Tools tools;
    private final OrderRules rules;
    private final Instant now;
    private final Set<String> problems = new LinkedHashSet<>();
    private boolean more;

    Pass(Tools tools, OrderRules rules, Instant now) {
        this.tools = tools;
        this.rules = rules;
        this.now = now;
    }

    /** What a pass works with. */
    record Tools(Ledger ledger, Shelves shelves, Spool spool, Pace pace) {}

    /** Does it. */
    void run() throws BusException, Pace.Closing {
        tools.pace().begin();
        var stale = new Abandonment(tools, rules);
        stale.run(now);
        each("orders cannot be archived", () -> {
            var moving = new Moving(tools, rules.archiveAfter(), problems);
            moving.run(now);
            owe("orders_archived", moving.count());
        });
        each("archived orders cannot be deleted", () -> {
            var clearance = new Clearance(tools, rules.keep(), problems);
            more = clearance.run(now);
            owe("orders_deleted", clearance.count());
        });
        new Oblivion(tools, rules.keep().age()).run(now);
        each("the spool cannot be tidied", () -> {
            var before = now.minus(DROP_TAKES);
            tools.spool().clean(tools.ledger().spooled(), before);
            tools.pace().step();
        });
    }

    /** One that may fail without keeping the others from being done. */
    private interface Part {
        void run() throws IOException, BusException, Pace.Closing;
    }

    private void each(String what, Part part) throws BusException, Pace.Closing {
        try {
            part.run();
        } catch (IOException e) {
            problems.add(what + ": " + e.getMessage());
        }
    }

    private void owe(String event, int count) throws BusException {
        if (count > 0) {
            tools.ledger().owe(event, Map.of("count", count));
        }
    }

    /** What is wrong, for people. */
    Set<String> problems() {
        return problems;
    }

    /** Whether there is more to do at once. */
    boolean more() {
        return more;
    }
}
