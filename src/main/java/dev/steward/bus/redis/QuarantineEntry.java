package dev.steward.bus.redis;

import dev.steward.bus.OrderRow;
import dev.steward.bus.redis.Reply.Entry;
import java.util.List;

/** What a receiver says in {@code steward:results} of an order that it put into quarantine. Pure. */
final class QuarantineEntry {
    private static final String REASON = "quarantined";

    /** @param node whose receiver says so */
    record Read(String id, String node, OrderRow.Hashes hashes, String reason) {}

    private QuarantineEntry() {}

    /** Whether this entry is one, and no result. */
    static boolean isOne(Entry entry) {
        return entry.fields().containsKey(REASON);
    }

    /** Names and values by turns. */
    static List<Object> fields(Read read) {
        return List.of(
                "wo_id",
                read.id,
                "node",
                read.node,
                "sha256_wo",
                read.hashes.wo(),
                "sha256_body",
                read.hashes.body(),
                REASON,
                Printable.of(read.reason));
    }

    static Read read(Entry entry) throws Check.Bad {
        return new Read(
                Check.name("wo_id", entry.text("wo_id")),
                Check.name("node", entry.text("node")),
                new OrderRow.Hashes(
                        Check.hash("sha256_wo", entry.text("sha256_wo")),
                        Check.hash("sha256_body", entry.text("sha256_body"))),
                Printable.of(Check.text(REASON, entry.text(REASON))));
    }
}
