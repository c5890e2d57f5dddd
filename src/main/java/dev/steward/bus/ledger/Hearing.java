package dev.steward.bus.ledger;

import dev.steward.bus.Heading;
import dev.steward.bus.Heard;
import java.sql.SQLException;
import java.util.List;

/** What the one has to hear who dropped orders. */
final class Hearing {
    /** At once, so that others can write in between. */
    private static final int CHUNK = 100;

    private static final String QUERY = """
            SELECT u.seq AS heard_seq, w.* FROM unheard u JOIN wo w ON w.seq = u.wo
            WHERE u.sender = ? AND u.seq <= ? ORDER BY u.seq LIMIT ?""";

    private Hearing() {}

    static void add(Transaction in, String sender, long wo) throws SQLException {
        in.touch(sender);
        in.on().update("INSERT INTO unheard (sender, wo) VALUES (?, ?)", sender, wo);
    }

    static List<Heard> next(Statements on, String from, int most) throws SQLException {
        return on.list(
                row -> new Heard(row.getLong("heard_seq"), Rows.acknowledgement(row)),
                QUERY,
                Heading.inbox(from),
                Long.MAX_VALUE,
                most);
    }

    /** Marks the next ones up to this one as heard; gives whether there are more. */
    static Command<Boolean> heard(String from, long upTo) {
        return in -> {
            var next = in.on()
                    .list(
                            row -> new Told(
                                    row.getLong("heard_seq"), row.getString("sender"), Rows.acknowledgement(row)),
                            QUERY,
                            Heading.inbox(from),
                            upTo,
                            CHUNK);
            for (var each : next) {
                in.owe("ack_received", Records.acknowledged(each.from(), each.acknowledgement()));
                in.on().update("DELETE FROM unheard WHERE seq = ?", each.seq());
            }
            return next.size() == CHUNK;
        };
    }

    /** @param from as it stands in the order */
    private record Told(long seq, String from, dev.steward.bus.Acknowledgement acknowledgement) {}
}
