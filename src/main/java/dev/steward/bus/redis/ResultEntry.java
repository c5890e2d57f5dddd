package dev.steward.bus.redis;

import dev.steward.bus.Result;
import dev.steward.bus.redis.Reply.Entry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalInt;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The result of an order: the JSON under {@code wo:result:<id>}, which also travels in {@code steward:results}. Pure. */
final class ResultEntry {
    /**
     * A result as it came.
     *
     * @param node where the order was worked
     */
    record Read(String id, String node, String sha256Wo, Result result) {}

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String SUCCESS = "success";
    private static final String FAILED = "failed";

    private ResultEntry() {}

    /** {@code duration} is in whole seconds, as readers know it; {@code duration_ms} is exact. */
    static String json(Result result) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("status", result.success() ? SUCCESS : FAILED);
        fields.put("duration", result.took().toSeconds());
        fields.put("duration_ms", result.took().toMillis());
        fields.put("by", result.by());
        fields.put("attempt", result.attempt());
        result.exit().ifPresent(exit -> fields.put("exit", exit));
        fields.put("reason", result.reason());
        fields.put("output", result.output());
        fields.put("ts", result.at().toString());
        return JSON.writeValueAsString(fields);
    }

    /** Names and values by turns. */
    static List<Object> fields(Read read) {
        return List.of(
                "wo_id", read.id,
                "node", read.node,
                "sha256_wo", read.sha256Wo,
                "result", json(read.result));
    }

    static Read read(Entry entry) throws Check.Bad {
        return new Read(
                Check.name("wo_id", entry.text("wo_id")),
                Check.name("node", entry.text("node")),
                Check.hash("sha256_wo", entry.text("sha256_wo")),
                result(entry.text("result")));
    }

    private static Result result(String json) throws Check.Bad {
        try {
            JsonNode tree = JSON.readTree(json);
            String status = tree.path("status").asString("");
            if (!status.equals(SUCCESS) && !status.equals(FAILED)) {
                throw new Check.Bad("status is neither " + SUCCESS + " nor " + FAILED);
            }
            var exit = tree.path("exit");
            var output = tree.path("output").asString("");
            return new Result(
                    status.equals(SUCCESS),
                    Check.name("by", tree.path("by").asString("")),
                    Math.toIntExact(Check.number("attempt", tree.path("attempt").asString(""), Integer.MAX_VALUE)),
                    Duration.ofMillis(
                            Check.number("duration_ms", tree.path("duration_ms").asString(""), Long.MAX_VALUE)),
                    exit.isInt() ? OptionalInt.of(exit.intValue()) : OptionalInt.empty(),
                    Check.text("reason", tree.path("reason").asString("")),
                    output.substring(Math.max(0, output.length() - Result.OUTPUT_LIMIT)),
                    Check.time("ts", tree.path("ts").asString("")));
        } catch (JacksonException e) {
            throw new Check.Bad("it is no JSON");
        }
    }
}
