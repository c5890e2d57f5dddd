package dev.steward.bus.redis;

import static dev.steward.bus.BusSamples.acknowledgement;
import static dev.steward.bus.BusSamples.heading;
import static dev.steward.bus.BusSamples.inline;
import static dev.steward.bus.BusSamples.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.steward.bus.Acknowledgement;
import dev.steward.bus.OrderState;
import dev.steward.bus.WorkOrder;
import dev.steward.bus.ledger.Owed;
import dev.steward.testing.Await;
import dev.steward.testing.RedisServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What others write into Redis: it is held to its form, refused if it is forged, and recorded without end but not without measure. */
class RedisForgeryTest extends RedisRig {
    private static final String HASH = "0".repeat(64);

    private static List<Owed> refused(RedisNode node, String event) throws Exception {
        return node.ledger.owed(10_000).stream()
                .filter(owed -> owed.event().equals(event))
                .toList();
    }

    private static List<Owed> awaitRefused(RedisNode node, String event, int many) throws Exception {
        Await.until(
                many + " were recorded as " + event, () -> refused(node, event).size() >= many);
        return refused(node, event);
    }

    private static String reason(Owed owed) {
        return String.valueOf(owed.fields().get("reason"));
    }

    private static String published(Acknowledgement ack) {
        return AckEntry.json(ack);
    }

    private static Acknowledgement with(Acknowledgement a, String id, String wo) {
        return new Acknowledgement(
                id, a.to(), a.by(), a.node(), a.incarnation(), a.at(), a.latencyMs(), wo, a.sha256Body());
    }

    private static void add(RedisServer redis, String stream, List<Object> fields) throws Exception {
        var words = new ArrayList<>(List.of("XADD", stream, "*"));
        fields.forEach(field -> words.add(
                field instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : field.toString()));
        assertThat(redis.cli(words.toArray(String[]::new))).matches("(?s)[0-9]+-[0-9]+\\s*");
    }

    @Test
    void an_acknowledgement_published_by_somebody_else_is_refused_and_changes_nothing() throws Exception {
        var redis = server();
        var node = node("studio", redis);
        var dropped = order("WO-1", "CLC");
        node.bus.drop(dropped);
        awaitListening(redis, 1);

        redis.cli("PUBLISH", "cls:ack", published(acknowledgement(dropped)));
        redis.cli("PUBLISH", "cls:ack", published(with(acknowledgement(dropped), "WO-unknown", HASH)));
        redis.cli("PUBLISH", "cls:ack", "{\"wo_id\":\"../../etc\"}");
        redis.cli("PUBLISH", "cls:ack", "ok");

        var reasons = awaitRefused(node, "ack_refused", 4).stream()
                .map(owed -> reason(owed))
                .toList();
        assertThat(reasons)
                .containsExactlyInAnyOrder(
                        "the order is not delivered",
                        "no receiver of an order has said so",
                        "wo_id can't be '../../etc'",
                        "it is no JSON");
        assertThat(state(node, "WO-1")).isEqualTo(OrderState.DROPPED);
        try (var listening = node.bus.listen("CLS")) {
            assertThat(listening.hear(10, Duration.ofMillis(100))).isEmpty();
        }
    }

    @Test
    void honest_messages_are_not_refused_by_any_node() throws Exception {
        var redis = server();
        var nodes = List.of(node("studio", redis), node("attic", redis), node("cellar", redis));
        awaitListening(redis, 3);
        var ids = new ArrayList<String>();
        for (int i = 0; i < 30; i++) {
            ids.add("WO-" + i);
            drop(nodes.getFirst(), "WO-" + i);
        }
        awaitDelivered(nodes.getFirst(), keep(new Taker(nodes.get(1).bus, "CLC")), ids);
        // A forged one behind them is judged after them.
        redis.cli("PUBLISH", "cls:ack", published(with(acknowledgement(order("WO-0", "CLC")), "WO-unknown", HASH)));
        for (var node : nodes) {
            assertThat(awaitRefused(node, "ack_refused", 1)).hasSize(1);
        }
    }

    private static void awaitListening(RedisServer redis, int many) throws Exception {
        Await.until(
                "they listen",
                () -> redis.cli("PUBSUB", "NUMSUB", "cls:ack").strip().endsWith("" + many));
    }

    @Test
    void a_message_on_the_channel_is_what_the_formats_say() throws Exception {
        var ack = acknowledgement(order("WO-1", "CLC"));
        assertThat(published(ack))
                .isEqualTo("{\"wo_id\":\"WO-1\",\"to\":\"CLC\",\"by\":\"clc\",\"node\":\"studio\","
                        + "\"incarnation\":\"0198f1c2-0000-7000-8000-000000000001\",\"ts\":\"2025-10-29T22:29:04.012000+00:00\","
                        + "\"latency_ms\":12,\"sha256_wo\":\"" + ack.sha256Wo() + "\",\"sha256_body\":\""
                        + ack.sha256Body() + "\"}");
        assertThat(AckEntry.read(published(ack))).isEqualTo(ack);
    }

    @Test
    void a_flood_of_forged_acknowledgements_is_counted_and_does_not_fill_the_trail() throws Exception {
        var redis = server();
        var node = node("studio", redis);
        var dropped = order("WO-1", "CLC");
        node.bus.drop(dropped);
        node.settle();
        for (int i = 0; i < 40; i++) {
            add(redis, "steward:acks", AckEntry.fields(with(acknowledgement(dropped), "WO-1", HASH)));
        }
        awaitRefused(node, "ack_refused", Refusals.A_MINUTE);

        // Nobody else is kept from being heard by it.
        awaitDelivered(node, keep(new Taker(node.bus, "CLC")), List.of("WO-1"));
        assertThat(refused(node, "ack_refused")).hasSize(Refusals.A_MINUTE);
    }

    @Test
    void an_acknowledgement_of_somebody_elses_order_is_none_of_this_nodes_business() throws Exception {
        var redis = server();
        var node = node("studio", redis);
        node.awaitConnected();
        add(redis, "steward:acks", AckEntry.fields(acknowledgement(order("WO-far", "CLC"))));
        drop(node, "WO-1");
        awaitDelivered(node, keep(new Taker(node.bus, "CLC")), List.of("WO-1"));
        assertThat(refused(node, "ack_refused")).isEmpty();
    }

    @Test
    void a_foreign_program_may_add_an_order_to_the_stream() throws Exception {
        var redis = server();
        var node = node("studio", redis);
        var theirs = order("WO-EXPENSE_OCR-1762219184-slip_demo.jpg", "CLC");
        add(redis, "steward:orders:{clc}", OrderEntry.fields(theirs, "elsewhere"));
        try (var reception = node.bus.receive("CLC")) {
            assertThat(reception.take(1, Duration.ofSeconds(15))).containsExactly(theirs);
        }
    }

    @Test
    void what_is_no_order_is_removed_and_recorded_and_the_next_one_is_given() throws Exception {
        var redis = server();
        var node = node("studio", redis);
        for (var hostile : List.of(
                order("../../etc/passwd", "CLC"),
                order("WO-" + "x".repeat(200), "CLC"),
                order("WO-1", "CLD"),
                order("WO-1", "CLC", "P9"),
                new WorkOrder(heading("WO-1", "CLC", "P3"), "e", HASH, "../body", inline(new byte[] {65})),
                new WorkOrder(heading("WO-1", "CLC", "P3"), "e", "abc", "body", inline(new byte[] {65})),
                new WorkOrder(heading("WO-1", "CLC", "P3"), "", HASH, "body", inline(new byte[] {65})))) {
            add(redis, "steward:orders:{clc}", OrderEntry.fields(hostile, "elsewhere"));
        }
        add(redis, "steward:orders:{clc}", List.of("hello", "world"));
        redis.cli("XADD", "steward:orders:{clc}", "*", "wo_id", "WO-1", "pieces", "99999999999");
        drop(node, "WO-good");

        try (var reception = node.bus.receive("CLC")) {
            var taken = reception.take(10, Duration.ofSeconds(15));
            assertThat(taken).extracting(WorkOrder::id).containsExactly("WO-good");
        }
        awaitRefused(node, "order_refused", 9);
        Await.until("the good one is left", () -> orders(redis).equals("1"));
    }

    @Test
    void an_entry_larger_than_any_order_is_removed_and_does_not_fill_the_memory() throws Exception {
        var redis = server();
        var node = node("studio", redis);
        redis.cli(
                "EVAL",
                "return redis.call('XADD', KEYS[1], '*', 'body', string.rep('x', 20000000))",
                "1",
                "steward:orders:{clc}");
        drop(node, "WO-good");
        awaitDelivered(node, keep(new Taker(node.bus, "CLC")), List.of("WO-good"));
        assertThat(reason(awaitRefused(node, "order_refused", 1).getFirst()))
                .contains("was larger than any order, and was removed");
        node.awaitConnected();
    }

    @Test
    void another_order_under_a_used_id_is_refused() throws Exception {
        var redis = server();
        var node = node("studio", redis);
        var taker = keep(new Taker(node.bus, "CLC"));
        drop(node, "WO-1");
        awaitDelivered(node, taker, List.of("WO-1"));
        add(
                redis,
                "steward:orders:{clc}",
                OrderEntry.fields(order(heading("WO-1", "CLC", "P3"), inline(new byte[] {66})), "elsewhere"));
        var refused = awaitRefused(node, "order_refused", 1).getFirst();
        assertThat(refused.fields()).containsEntry("reason", "another order has this id here");
        assertThat(taker.deliveries()).containsOnly(entry("WO-1", 1));
    }
}
