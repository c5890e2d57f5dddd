package dev.steward.bus.redis;

import static dev.steward.bus.BusSamples.acknowledgement;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.Change;
import dev.steward.bus.OrderState;
import dev.steward.bus.WorkOrder;
import dev.steward.testing.Await;
import dev.steward.testing.RedisServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A sender learns that a receiver on another node put its order into quarantine. */
class RedisQuarantineTest extends RedisRig {
    private static final Duration LONG = Duration.ofSeconds(15);
    private static final String REASON = "the payload has another checksum";

    private static void awaitDead(RedisNode sender) throws Exception {
        Await.until("the sender knows", () -> state(sender, "WO-1") == OrderState.DEAD);
    }

    private static List<String> events(RedisNode node) throws Exception {
        return node.ledger.owed(100).stream().map(each -> each.event()).toList();
    }

    @Test
    void the_sender_has_it_as_dead_with_the_reason_and_sends_it_no_more() throws Exception {
        var redis = server();
        var sender = node("studio", redis);
        var receiver = node("attic", redis);
        try (var reception = receiver.bus.receive("CLC")) {
            drop(sender, "WO-1");
            reception.quarantine(reception.take(1, LONG).getFirst(), REASON);

            awaitDead(sender);
            assertThat(sender.ledger.order("WO-1").orElseThrow().reason())
                    .isEqualTo("put into quarantine on attic: " + REASON);
            assertThat(events(sender)).containsExactly("wo_drop", "wo_quarantined");
            sender.ledger.sendAgain();
            assertThat(sender.ledger.outgoing(10)).isEmpty();
        }
    }

    @Test
    void one_that_was_away_is_told_when_it_is_back_though_redis_lost_all() throws Exception {
        var redis = server();
        var way = keep(new Relay(redis.port()));
        var sender = node("studio", RedisAddress.of("127.0.0.1", way.port()));
        var receiver = node("attic", redis);
        try (var reception = receiver.bus.receive("CLC")) {
            drop(sender, "WO-1");
            var taken = reception.take(1, LONG).getFirst();
            way.cut();
            reception.quarantine(taken, REASON);
            receiver.settle();
            redis.cli("FLUSHALL");
            way.mend();

            // It sends the order again, and hears of its quarantine then.
            awaitDead(sender);
            assertThat(reception.take(1, Duration.ofMillis(300))).isEmpty();
        }
    }

    @Test
    void an_order_that_is_retried_and_arrives_well_is_delivered() throws Exception {
        var redis = server();
        var sender = node("studio", redis);
        var receiver = node("attic", redis);
        drop(sender, "WO-1");
        try (var reception = receiver.bus.receive("CLC")) {
            reception.quarantine(reception.take(1, LONG).getFirst(), REASON);
        }
        awaitDead(sender);
        // A receiver that knows nothing of it, as of the same order a minute later.
        var other = node("cellar", redis);
        var taker = keep(new Taker(other.bus, "CLC"));

        sender.ledger.change("WO-1", new Change.Retry("ops"));

        awaitDelivered(sender, taker, List.of("WO-1"));
    }

    @Test
    void one_who_quarantines_it_once_more_tells_it_once_more() throws Exception {
        var redis = server();
        var sender = node("studio", redis);
        var receiver = node("attic", redis);
        try (var reception = receiver.bus.receive("CLC")) {
            drop(sender, "WO-1");
            var taken = reception.take(1, LONG).getFirst();
            reception.quarantine(taken, REASON);
            awaitDead(sender);
            // So soon that the receiver isn't asked again.
            sender.ledger.change("WO-1", new Change.Retry("ops"));
            Await.until("it is sent", () -> sender.ledger.outgoing(1).isEmpty());

            awaitDead(sender);
            assertThat(reception.take(1, Duration.ofMillis(300))).isEmpty();
        }
    }

    @Test
    void an_acknowledgement_counts_more() throws Exception {
        var redis = server();
        var sender = node("studio", redis);
        var receiver = node("attic", redis);
        try (var reception = receiver.bus.receive("CLC")) {
            drop(sender, "WO-1");
            var taken = reception.take(1, LONG).getFirst();
            tell(redis, taken, taken.body().sha256());
            awaitDead(sender);
            reception.acknowledge(taken, acknowledgement(taken));
            Await.until("it is delivered", () -> state(sender, "WO-1") == OrderState.DELIVERED);
        }
    }

    @Test
    void what_is_not_of_the_order_that_was_dropped_is_refused() throws Exception {
        var redis = server();
        var sender = node("studio", redis);
        drop(sender, "WO-1");
        var order = sender.ledger.workOrder("WO-1").orElseThrow();
        tell(redis, order, order.sha256());
        redis.cli("XADD", "steward:results", "*", "wo_id", "WO-1", "node", "evil", "quarantined", "x");
        Await.until(
                "both are refused",
                () -> events(sender).equals(List.of("wo_drop", "result_refused", "result_refused")));
        assertThat(state(sender, "WO-1")).isEqualTo(OrderState.DROPPED);
    }

    private static void tell(RedisServer redis, WorkOrder order, String sha256Body) throws Exception {
        var words = List.of("XADD", "steward:results", "*", "wo_id", order.id(), "node", "evil");
        var all = new java.util.ArrayList<>(words);
        all.addAll(List.of("sha256_wo", order.sha256(), "sha256_body", sha256Body, "quarantined", "so I say"));
        redis.cli(all.toArray(String[]::new));
    }
}
