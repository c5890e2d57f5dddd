package dev.steward.bus.redis;

import static dev.steward.bus.BusSamples.acknowledgement;
import static dev.steward.bus.BusSamples.heading;
import static dev.steward.bus.BusSamples.inline;
import static dev.steward.bus.BusSamples.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.OrderState;
import dev.steward.bus.WorkOrder;
import dev.steward.testing.Await;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two nodes that know nothing of each other give one id to two orders: one of them is delivered, and the other one's sender knows. */
class RedisSameIdTest extends RedisRig {
    private static final Duration LONG = Duration.ofSeconds(15);
    private static final String ID = "WO-1";

    private static WorkOrder other() {
        return order(heading(ID, "CLC", "P3"), inline("another payload".getBytes(StandardCharsets.UTF_8)));
    }

    private static void awaitDead(RedisNode sender, String reason) throws Exception {
        Await.until("the second sender knows", () -> state(sender, ID) == OrderState.DEAD);
        assertThat(sender.ledger.order(ID).orElseThrow().reason())
                .startsWith("put into quarantine on ")
                .endsWith(reason);
    }

    @Test
    void while_the_first_is_on_its_way() throws Exception {
        var redis = server();
        var first = node("studio", redis);
        var second = node("attic", redis);
        drop(first, ID);
        Await.until("it is in Redis", () -> orders(redis).equals("1"));

        second.bus.drop(other());

        awaitDead(second, "another order has this id there. Choose another id");
        assertThat(orders(redis)).isEqualTo("1");
        var taker = keep(new Taker(node("cellar", redis).bus, "CLC"));
        awaitDelivered(first, taker, List.of(ID));
    }

    @Test
    void when_the_first_was_delivered() throws Exception {
        var redis = server();
        var first = node("studio", redis);
        var second = node("attic", redis);
        var receiver = node("cellar", redis);
        try (var reception = receiver.bus.receive("CLC")) {
            drop(first, ID);
            var taken = reception.take(1, LONG).getFirst();
            assertThat(reception.acknowledge(taken, acknowledgement(taken))).isTrue();
            Await.until("it has left Redis", () -> orders(redis).equals("0"));

            second.bus.drop(other());

            awaitDead(second, "another order has this id here");
            assertThat(reception.take(1, Duration.ofMillis(300))).isEmpty();
        }
        assertThat(state(first, ID)).isEqualTo(OrderState.DELIVERED);
    }
}
