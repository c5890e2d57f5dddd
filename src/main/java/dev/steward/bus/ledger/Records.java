package dev.steward.bus.ledger;

import dev.steward.bus.Acknowledgement;
import dev.steward.bus.Heading;
import dev.steward.bus.OrderRow;
import dev.steward.bus.Result;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the records of orders say in the audit trail. */
final class Records {
    private Records() {}

    /**
     * {@code wo_drop}.
     *
     * @param linked whether it goes over Redis, from where its acknowledgement is to come then
     */
    static Map<String, Object> dropped(Heading heading, OrderRow.Hashes hashes, boolean linked) {
        var fields = known(heading, hashes);
        fields.put("redis_ack", linked ? 1 : 0);
        return fields;
    }

    /** Of an order that becomes known: {@code wo_found}. */
    static Map<String, Object> known(Heading heading, OrderRow.Hashes hashes) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("wo_id", heading.id());
        fields.put("priority", heading.priority());
        fields.put("title", heading.title());
        fields.put("from", heading.from());
        fields.put("to", heading.to());
        fields.put("sha256_wo", hashes.wo());
        fields.put("sha256_body", hashes.body());
        return fields;
    }

    /** {@code wo_delivered}, {@code ack_received}. */
    static Map<String, Object> acknowledged(String from, Acknowledgement acknowledgement) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("wo_id", acknowledgement.id());
        fields.put("from", from);
        fields.put("to", acknowledgement.to());
        fields.put("by", acknowledgement.by());
        fields.put("node", acknowledgement.node());
        fields.put("latency_ms", acknowledgement.latencyMs());
        fields.put("sha256_wo", acknowledgement.sha256Wo());
        fields.put("sha256_body", acknowledgement.sha256Body());
        return fields;
    }

    /** {@code ack_refused}. */
    static Map<String, Object> refused(Acknowledgement acknowledgement, String reason) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("wo_id", acknowledgement.id());
        fields.put("to", acknowledgement.to());
        fields.put("by", acknowledgement.by());
        fields.put("node", acknowledgement.node());
        fields.put("reason", reason);
        fields.put("sha256_wo", acknowledgement.sha256Wo());
        fields.put("sha256_body", acknowledgement.sha256Body());
        return fields;
    }

    /** What happened to an order, in the words of {@code more}: names and values in turn. */
    static Map<String, Object> of(Heading heading, Object... more) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("wo_id", heading.id());
        fields.put("to", heading.to());
        for (int i = 0; i < more.length; i += 2) {
            fields.put((String) more[i], more[i + 1]);
        }
        return fields;
    }

    /** {@code wo_done}, {@code wo_failed}, {@code wo_dead}. */
    static Map<String, Object> answered(Heading heading, Result result) {
        var fields = of(
                heading,
                "by",
                result.by(),
                "attempt",
                result.attempt(),
                "took_ms",
                result.took().toMillis());
        result.exit().ifPresent(exit -> fields.put("exit", exit));
        if (!result.reason().isEmpty()) {
            fields.put("reason", result.reason());
        }
        return fields;
    }
}
