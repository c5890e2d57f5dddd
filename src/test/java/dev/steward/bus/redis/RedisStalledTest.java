package dev.steward.bus.redis;

import static dev.steward.bus.BusSamples.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.OrderState;
import dev.steward.testing.Await;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A node that stands still within a delivery, while another one is given its order. */
class RedisStalledTest extends RedisRig {
    @Test
    void what_another_node_took_over_meanwhile_is_not_delivered() throws Exception {
        var redis = server();
        var sender = node("studio", redis);
        var way = keep(new Relay(redis.port()));
        var slow = node("attic", RedisAddress.of("127.0.0.1", way.port()));
        var stalled = keep(new InboxOf(slow, "attic", folder.resolve("attic/inbox/CLC"), true));
        drop(sender, "WO-1");
        stalled.awaitStalled();
        way.cut();
        var other = keep(new InboxOf(node("cellar", redis), "cellar", folder.resolve("cellar/inbox/CLC"), false));
        other.await("WO-1");
        Await.until("it is acknowledged", () -> state(sender, "WO-1") == OrderState.DELIVERED);
        way.mend();
        slow.awaitConnected();

        stalled.goOn();

        stalled.awaitNotOurs("WO-1");
        assertThat(stalled.has("WO-1")).isFalse();
        assertThat(stalled.halfDone()).isZero();
        assertThat(slow.ledger.order("WO-1")).isEmpty();
        assertThat(sender.ledger
                        .order("WO-1")
                        .orElseThrow()
                        .acknowledgement()
                        .orElseThrow()
                        .node())
                .isEqualTo("cellar");
    }

    @Test
    void a_machine_that_slept_asks_before_it_delivers_though_its_monotonic_clock_stood_still() throws Exception {
        var redis = server();
        var sender = node("studio", redis);
        var slept = new AtomicReference<>(Duration.ZERO);
        InstantSource wall = () -> Instant.now().plus(slept.get());
        var patient = new RedisPace(
                QUICK.answer(), QUICK.look(), Duration.ofMinutes(10), QUICK.again(), QUICK.backoff(), QUICK.keep());
        var sleeper = keep(new RedisNode(
                "attic",
                Files.createDirectories(folder.resolve("attic")),
                new RedisBus.Setting(RedisAddress.of("127.0.0.1", redis.port()), patient),
                wall));
        var reception = keep(sleeper.bus.receive("CLC"));
        sender.bus.drop(order("WO-1", "CLC"));
        var taken = reception.take(1, Duration.ofSeconds(15)).getFirst();
        assertThat(reception.delivered(taken.id())).isFalse();
        var entry = redis.cli("XPENDING", "steward:orders:{clc}", "steward", "-", "+", "10")
                .lines()
                .findFirst()
                .orElseThrow();
        redis.cli("XCLAIM", "steward:orders:{clc}", "steward", "cellar", "0", entry);
        assertThat(reception.delivered(taken.id())).as("it need not ask yet").isFalse();

        slept.set(Duration.ofMinutes(11));

        assertThat(reception.delivered(taken.id())).isTrue();
    }
}
