package dev.steward.orders.archive;

import dev.steward.bus.BusException;
import dev.steward.bus.OrderQuery;
import dev.steward.bus.OrderRow;
import dev.steward.bus.OrderState;
import dev.steward.orders.InboxName;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Has orders forgotten that came to their end and have no folder here: those of other nodes' inboxes, and those that never came. */
final class Oblivion {
    private static final Set<OrderState> ENDED = EnumSet.of(OrderState.DONE, OrderState.DEAD, OrderState.ABANDONED);
    private static final int PAGE = 200;

    private final Pass.Tools tools;
    private final Duration after;

    Oblivion(Pass.Tools tools, Duration after) {
        this.tools = tools;
        this.after = after;
    }

    void run(Instant now) throws BusException, Pace.Closing {
        var query = new OrderQuery(ENDED, Optional.empty(), Optional.empty(), Optional.of(now.minus(after)), PAGE);
        var page = tools.ledger().orders(query);
        while (!page.isEmpty()) {
            var gone = new ArrayList<String>();
            for (var row : page) {
                if (isGone(row)) {
                    gone.add(row.heading().id());
                }
                tools.pace().step();
            }
            if (!gone.isEmpty()) {
                tools.ledger().forget(List.copyOf(gone));
            }
            tools.pace().step();
            page = tools.ledger().orders(query.below(page.getLast().seq()));
        }
    }

    /** What can't be told counts as there: it is asked again by the next pass. */
    private boolean isGone(OrderRow row) {
        var id = row.heading().id();
        try {
            var inbox =
                    new InboxName(row.heading().to()).folderIn(tools.shelves().inboxes());
            var shelf = tools.shelves().shelf(Shelves.name(inbox), Shelves.dayOf(row.changed()));
            return !Shelves.isFolder(inbox.resolve(id))
                    && !Shelves.isFolder(shelf.folder().resolve(id));
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }
}
