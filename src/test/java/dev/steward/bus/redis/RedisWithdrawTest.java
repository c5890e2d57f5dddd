package dev.steward.bus.redis;

import static dev.steward.bus.BusSamples.heading;
import static dev.steward.bus.BusSamples.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.BusSamples;
import dev.steward.bus.Change;
import dev.steward.bus.OrderState;
import dev.steward.testing.Await;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An order that its sender cancels or abandons before its delivery is delivered nowhere. */
class RedisWithdrawTest extends RedisRig {
    private static final Change CANCEL = new Change.Cancel("ops");

    @Test
    void what_waits_in_redis_is_taken_away_with_its_payload() throws Exception {
        var redis = server();
        var sender = node("studio", redis);
        var large = BusSamples.spooled(sender.spool, "large", BusSamples.bytes(300_000, 3));
        sender.bus.drop(order(heading("WO-1", "CLC", "P3"), large));
        drop(sender, "WO-2");
        sender.settle();

        sender.ledger.change("WO-1", CANCEL);
        sender.ledger.change("WO-2", new Change.Abandon("ops", "too old"));
        sender.settle();

        assertThat(orders(redis)).isEqualTo("0");
        assertThat(redis.cli("KEYS", "steward:body:*")).isBlank();
        drop(sender, "WO-3");
        var taker = keep(new Taker(node("attic", redis).bus, "CLC"));
        Await.until("the other one is delivered", () -> taker.count() == 1);
        assertThat(taker.ids()).containsExactly("WO-3");
    }

    @Test
    void what_another_node_has_taken_is_not_brought_into_its_inbox() throws Exception {
        var redis = server();
        var sender = node("studio", redis);
        var receiver = node("attic", redis);
        var inbox = keep(new InboxOf(receiver, "attic", folder.resolve("attic/inbox/CLC"), true));
        drop(sender, "WO-1");
        inbox.awaitStalled();

        sender.ledger.change("WO-1", CANCEL);
        sender.settle();
        inbox.goOn();

        inbox.awaitNotOurs("WO-1");
        assertThat(inbox.has("WO-1")).isFalse();
        assertThat(inbox.halfDone()).isZero();
        assertThat(state(sender, "WO-1")).isEqualTo(OrderState.DEAD);
        drop(sender, "WO-2");
        inbox.await("WO-2");
    }

    @Test
    void one_that_is_retried_afterwards_is_delivered() throws Exception {
        var redis = server();
        var sender = node("studio", redis);
        drop(sender, "WO-1");
        sender.ledger.change("WO-1", CANCEL);
        sender.settle();
        sender.ledger.change("WO-1", new Change.Retry("ops"));

        awaitDelivered(sender, keep(new Taker(node("attic", redis).bus, "CLC")), List.of("WO-1"));
        assertThat(redis.cli("KEYS", "steward:withdrawn:*")).isBlank();
    }

    @Test
    void what_is_withdrawn_while_redis_is_away_is_taken_away_when_it_is_back() throws Exception {
        var redis = server();
        var sender = node("studio", redis);
        drop(sender, "WO-1");
        sender.settle();
        redis.kill();
        sender.ledger.change("WO-1", CANCEL);
        redis.start();

        Await.until("it is gone", () -> orders(redis).equals("0"));
        try (var reception = node("attic", redis).bus.receive("CLC")) {
            assertThat(reception.take(1, Duration.ofMillis(500))).isEmpty();
        }
    }

    @Test
    void a_receiver_that_cannot_ask_delivers_what_is_its_own() throws Exception {
        var redis = server();
        var sender = node("studio", redis);
        var receiver = node("attic", redis);
        try (var reception = receiver.bus.receive("CLC")) {
            drop(sender, "WO-1");
            assertThat(reception.take(1, Duration.ofSeconds(15))).hasSize(1);
            redis.kill();
            assertThat(reception.delivered("WO-1")).isFalse();
        }
    }
}
