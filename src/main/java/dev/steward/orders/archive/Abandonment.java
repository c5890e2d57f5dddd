package dev.steward.orders.archive;

import dev.steward.bus.BusException;
import dev.steward.bus.Change;
import dev.steward.bus.Expected;
import dev.steward.bus.OrderQuery;
import dev.steward.bus.OrderState;
import dev.steward.config.Durations;
import dev.steward.config.OrderRules;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Gives up orders that nobody finished for as long as the rule says, counted from their last change. Without a rule, none. */
final class Abandonment {
    private static final Set<OrderState> UNFINISHED =
            EnumSet.of(OrderState.DROPPED, OrderState.DELIVERED, OrderState.FAILED);
    private static final int PAGE = 200;

    private final Pass.Tools tools;
    private final Optional<Duration> after;

    Abandonment(Pass.Tools tools, OrderRules rules) {
        this.tools = tools;
        after = rules.abandonAfter();
    }

    void run(Instant now) throws BusException, Pace.Closing {
        if (after.isEmpty()) {
            return;
        }
        var reason = "unfinished for " + Durations.print(after.get()) + " (orders.abandon_after)";
        var query = new OrderQuery(
                UNFINISHED, Optional.empty(), Optional.empty(), Optional.of(now.minus(after.get())), PAGE);
        var page = tools.ledger().orders(query);
        while (!page.isEmpty()) {
            for (var row : page) {
                // Work on it may have begun since the page was read.
                var rule = new Change.Abandon("steward", reason, new Expected.Unchanged(row.changed()));
                tools.ledger().change(row.heading().id(), rule);
                tools.pace().step();
            }
            page = tools.ledger().orders(query.below(page.getLast().seq()));
        }
    }
}
