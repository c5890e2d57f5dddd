package dev.steward.bus.ledger;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/** Removes orders that ended. */
final class Forgetting {
    /** At once, so that others can write in between. */
    static final int CHUNK = 25;

    private static final List<String> TABLES = List.of("payload", "result", "unheard");

    private Forgetting() {}

    static Command<Boolean> forget(Collection<String> ids) {
        return in -> {
            for (var id : ids) {
                var known = Orders.find(in.on(), id)
                        .filter(each -> each.row().state().isEnd());
                // What others have to be told yet is told from these rows.
                if (known.isPresent() && !outgoing(in.on(), known.get().seq())) {
                    remove(in.on(), known.get().seq());
                    in.touch();
                }
            }
            return true;
        };
    }

    private static boolean outgoing(Statements on, long seq) throws SQLException {
        return on.number("SELECT count(*) FROM outgoing WHERE wo = ?", seq) > 0;
    }

    private static void remove(Statements on, long seq) throws SQLException {
        for (var table : TABLES) {
            on.update("DELETE FROM " + table + " WHERE wo = ?", seq);
        }
        on.update("DELETE FROM wo WHERE seq = ?", seq);
    }
}
