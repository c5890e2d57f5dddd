package dev.steward.bus.redis;

import static dev.steward.bus.BusSamples.acknowledgement;
import static dev.steward.bus.BusSamples.bytes;
import static dev.steward.bus.BusSamples.heading;
import static dev.steward.bus.BusSamples.order;
import static dev.steward.bus.BusSamples.spooled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.Presence;
import dev.steward.testing.Await;
import dev.steward.testing.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever becomes of Redis, each order is delivered once and acknowledged. */
class RedisLossTest extends RedisRig {
    private static final List<String> THREE = List.of("WO-1", "WO-2", "WO-3");

    @Test
    void redis_killed_at_random_moments_under_eight_droppers_loses_and_doubles_nothing() throws Exception {
        killed(20);
    }

    @Test
    @Tag("long")
    void redis_killed_two_hundred_times_loses_and_doubles_nothing() throws Exception {
        killed(200);
    }

    private void killed(int rounds) throws Exception {
        var redis = server();
        var sender = node("studio", redis);
        var taker = keep(new Taker(node("attic", redis).bus, "CLC"));
        var ids = new ConcurrentLinkedQueue<String>();
        var over = new AtomicBoolean();
        var droppers = new ArrayList<Thread>();
        for (int i = 0; i < 8; i++) {
            String name = "WO-" + i + "-";
            droppers.add(Thread.ofPlatform().start(() -> {
                for (int n = 0; !over.get(); n++) {
                    dropUnchecked(sender, name + n);
                    ids.add(name + n);
                    awaitUnchecked(() -> over.get() || ids.size() - taker.count() < 200);
                }
            }));
        }
        var random = new Random(42);
        for (int round = 0; round < rounds; round++) {
            int enough = taker.count() + random.nextInt(40);
            Await.until("some more orders arrived", () -> taker.count() >= enough);
            redis.kill();
            redis.launch();
        }
        over.set(true);
        for (var dropper : droppers) {
            dropper.join();
        }
        awaitDelivered(sender, taker, ids);
        Await.until("nothing is left in Redis", () -> orders(redis).equals("0"));
        assertThat(redis.cli("HLEN", "steward:index:{clc}").strip()).isEqualTo("0");
    }

    /** A sender that was killed between the last piece of a large payload and the order itself. */
    @Test
    void a_large_payload_that_lies_there_as_a_whole_is_not_sent_again_when_its_order_is() throws Exception {
        var redis = server();
        var sender = node("studio", redis);
        sender.bus.drop(order(heading("WO-1", "CLC", "P3"), spooled(sender.spool, "large", bytes(600_000, 3))));
        sender.settle();
        redis.cli("DEL", "steward:orders:{clc}", "steward:index:{clc}");
        redis.cli("CLIENT", "KILL", "TYPE", "normal");

        var taker = keep(new Taker(node("attic", redis).bus, "CLC"));
        awaitDelivered(sender, taker, List.of("WO-1"));
    }

    /** Lest more wait than can be delivered in the time of a test. */
    private static void awaitUnchecked(Callable<Boolean> room) {
        try {
            Await.until("not too many are under way", room);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void dropUnchecked(RedisNode node, String id) {
        try {
            drop(node, id);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void redis_restarted_empty_is_sent_again_what_nobody_acknowledged() throws Exception {
        var redis = server();
        var sender = dropThree(redis);

        redis.kill();
        redis.wipe();
        redis.start();

        awaitDelivered(sender, keep(new Taker(node("attic", redis).bus, "CLC")), THREE);
    }

    @Test
    void redis_emptied_without_a_break_is_sent_again_what_nobody_acknowledged() throws Exception {
        var redis = server();
        var sender = dropThree(redis);

        redis.cli("FLUSHALL");

        Await.until("they are there again", () -> orders(redis).equals("3"));
        awaitDelivered(sender, keep(new Taker(node("attic", redis).bus, "CLC")), THREE);
    }

    private RedisNode dropThree(RedisServer redis) throws Exception {
        var sender = node("studio", redis);
        for (String id : THREE) {
            drop(sender, id);
        }
        Await.until("they are in Redis", () -> orders(redis).equals("3"));
        return sender;
    }

    @Test
    void a_stream_deleted_under_a_receiver_that_has_its_orders_is_no_reason_to_deliver_them_twice() throws Exception {
        var redis = server();
        var sender = dropThree(redis);
        var receiver = node("attic", redis);
        try (var reception = receiver.bus.receive("CLC")) {
            var taken = new ArrayList<>(reception.take(3, Duration.ofSeconds(15)));
            assertThat(taken).hasSize(3);
            redis.cli("DEL", "steward:orders:{clc}");
            Await.until("they are there again", () -> orders(redis).equals("3"));
            assertThat(reception.take(3, Duration.ofMillis(500))).isEmpty();
            for (var each : taken) {
                assertThat(reception.acknowledge(each, acknowledgement(each))).isTrue();
            }
            Await.until("nothing is left in Redis", () -> orders(redis).equals("0"));
        }
        for (String id : THREE) {
            Await.until(
                    id + " is acknowledged",
                    () -> sender.ledger
                            .order(id)
                            .orElseThrow()
                            .acknowledgement()
                            .isPresent());
        }
    }

    @Test
    void connections_that_are_killed_come_back() throws Exception {
        var redis = server();
        var sender = node("studio", redis);
        var taker = keep(new Taker(node("attic", redis).bus, "CLC"));
        var ids = new ArrayList<String>();
        for (int i = 0; i < 10; i++) {
            ids.add("WO-" + i);
            drop(sender, "WO-" + i);
            redis.cli("CLIENT", "KILL", "TYPE", i % 2 == 0 ? "normal" : "pubsub");
        }
        awaitDelivered(sender, taker, ids);
    }

    @Test
    void acknowledgements_that_redis_lost_are_sent_again() throws Exception {
        var redis = server();
        var receiver = node("attic", redis);
        try (var reception = receiver.bus.receive("CLC")) {
            var sender = node("studio", redis);
            sender.bus.drop(order("WO-1", "CLC"));
            var taken = reception.take(1, Duration.ofSeconds(15)).getFirst();
            // Its sender hears nothing now, and Redis forgets it.
            sender.close();
            reception.acknowledge(taken, acknowledgement(taken));
            receiver.settle();
            redis.cli("FLUSHALL");
        }
        var back = node("studio", redis);
        keep(new Taker(receiver.bus, "CLC"));
        Await.until(
                "it is acknowledged",
                () -> back.ledger.order("WO-1").orElseThrow().acknowledgement().isPresent());
    }

    @Test
    void redis_frozen_for_ten_seconds_is_noticed_and_nothing_is_lost() throws Exception {
        var redis = server();
        var sender = node("studio", RedisAddress.of("127.0.0.1", redis.port()), RedisPace.USUAL);
        var taker =
                keep(new Taker(node("attic", RedisAddress.of("127.0.0.1", redis.port()), RedisPace.USUAL).bus, "CLC"));
        drop(sender, "WO-1");
        awaitDelivered(sender, taker, List.of("WO-1"));

        long begun = System.nanoTime();
        redis.freeze();
        awaitAway(sender, "gives no answer");
        drop(sender, "WO-2");
        Await.until("ten seconds are over", () -> System.nanoTime() - begun > 10_000_000_000L);
        assertThat(taker.count()).isEqualTo(1);
        redis.thaw();

        awaitDelivered(sender, taker, List.of("WO-1", "WO-2"));
        Await.until("it is connected", () -> sender.bus.presence() instanceof Presence.Connected);
    }
}
