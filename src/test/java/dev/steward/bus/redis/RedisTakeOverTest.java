package dev.steward.bus.redis;

import static dev.steward.bus.BusSamples.acknowledgement;
import static dev.steward.bus.BusSamples.heading;
import static dev.steward.bus.BusSamples.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.bus.Bus;
import dev.steward.bus.BusException;
import dev.steward.bus.BusSamples;
import dev.steward.bus.OrderRow;
import dev.steward.testing.Await;
import dev.steward.testing.RedisServer;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several nodes that receive one inbox, and nodes that end. */
class RedisTakeOverTest extends RedisRig {
    private static final Duration LONG = Duration.ofSeconds(15);

    @Test
    void orders_of_a_node_that_died_are_taken_over() throws Exception {
        var redis = server();
        var sender = node("studio", redis);
        var way = keep(new Relay(redis.port()));
        var dead = node("attic", RedisAddress.of("127.0.0.1", way.port()));
        var reception = dead.bus.receive("CLC");
        drop(sender, "WO-1");
        var taken = reception.take(1, LONG).getFirst();
        drop(sender, "WO-2");
        awaitPending(redis, 2);
        // For others it is dead.
        way.cut();

        awaitDelivered(sender, keep(new Taker(node("cellar", redis).bus, "CLC")), List.of("WO-1", "WO-2"));

        // It doesn't know, so it delivers nothing, and is told when it comes back.
        assertThat(reception.take(1, Duration.ofMillis(200))).isEmpty();
        assertThatThrownBy(() -> reception.delivered("WO-1"))
                .isInstanceOfSatisfying(
                        BusException.class, e -> assertThat(e.kind()).isEqualTo(BusException.Kind.UNAVAILABLE));
        way.mend();
        dead.awaitConnected();
        assertThat(reception.delivered("WO-1")).isTrue();
        assertThat(reception.take(1, Duration.ofMillis(500))).isEmpty();
        assertThat(taken.id()).isEqualTo("WO-1");
    }

    private static void awaitPending(RedisServer redis, int many) throws Exception {
        Await.until(
                many + " are held",
                () -> redis.cli("XPENDING", "steward:orders:{clc}", "steward").startsWith("" + many));
    }

    @Test
    void orders_of_a_receiver_that_lives_are_not_taken_over() throws Exception {
        var redis = server();
        var sender = node("studio", redis);
        try (var slow = node("attic", redis).bus.receive("CLC")) {
            drop(sender, "WO-1");
            var taken = slow.take(1, LONG).getFirst();
            long begun = System.nanoTime();
            var other = keep(new Taker(node("cellar", redis).bus, "CLC"));
            Await.until(
                    "twice the silence that is allowed is over",
                    () -> System.nanoTime() - begun > 2 * QUICK.takeOver().toNanos());
            assertThat(other.count()).isZero();
            assertThat(slow.acknowledge(taken, acknowledgement(taken))).isTrue();
        }
    }

    @Test
    void what_a_receiver_leaves_is_given_to_another_node_before_long() throws Exception {
        var redis = server();
        var sender = node("studio", redis);
        var left = node("attic", redis);
        var other = keep(new Taker(node("cellar", redis).bus, "CLD"));
        try (var reception = left.bus.receive("CLD")) {
            // Given to this one alone, since the other waits for the lock of nobody: who is first is Redis' choice.
            sender.bus.drop(order("WO-1", "CLD"));
            reception.take(1, Duration.ofMillis(500));
        }
        awaitDelivered(sender, other, List.of("WO-1"));
    }

    @Test
    void a_receiver_that_lost_its_order_to_another_one_is_told_so() throws Exception {
        var redis = server();
        var sender = node("studio", redis);
        var slow = node("attic", redis);
        var reception = slow.bus.receive("CLC");
        drop(sender, "WO-1");
        var taken = reception.take(1, LONG).getFirst();
        // Somebody took it over, as after a long stop of this machine.
        var pending = redis.cli("XPENDING", "steward:orders:{clc}", "steward", "-", "+", "10")
                .lines()
                .findFirst()
                .orElseThrow();
        redis.cli("XCLAIM", "steward:orders:{clc}", "steward", "cellar", "0", pending);
        long begun = System.nanoTime();
        Await.until(
                "it has shown a sign of life",
                () -> System.nanoTime() - begun > QUICK.takeOver().toNanos());
        assertThatThrownBy(() -> reception.acknowledge(taken, acknowledgement(taken)))
                .isInstanceOfSatisfying(
                        BusException.class, e -> assertThat(e.kind()).isEqualTo(BusException.Kind.REFUSED))
                .hasMessageContaining("another receiver was given WO-1");
        assertThat(slow.ledger.order("WO-1")).isEmpty();
    }

    @Test
    void a_node_that_comes_back_goes_on_with_its_own_orders() throws Exception {
        var redis = server();
        var sender = node("studio", redis);
        var way = keep(new Relay(redis.port()));
        var node = node("attic", RedisAddress.of("127.0.0.1", way.port()));
        try (var reception = node.bus.receive("CLC")) {
            drop(sender, "WO-1");
            assertThat(reception.take(1, LONG)).hasSize(1);
            way.cut();
            node.close();
        }
        var back = node("attic", redis);
        awaitDelivered(sender, keep(new Taker(back.bus, "CLC")), List.of("WO-1"));
        assertThat(back.ledger.order("WO-1").orElseThrow().origin()).isEqualTo(OrderRow.Origin.BUS);
    }

    @Test
    void an_inbox_is_opened_anew_when_its_last_receiver_has_left_it() throws Exception {
        var redis = server();
        var node = node("attic", redis);
        drop(node("studio", redis), "WO-1");
        var reception = node.bus.receive("CLC");
        assertThat(reception.take(1, LONG)).hasSize(1);
        long begun = System.nanoTime();
        redis.cli("CLIENT", "PAUSE", "1500");
        var leaving = Thread.ofVirtual().start(() -> closeUnchecked(reception));
        Await.until(
                "it waits for Redis",
                () -> leaving.getState() == Thread.State.TIMED_WAITING || leaving.getState() == Thread.State.WAITING);

        try (var next = node.bus.receive("CLC")) {
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(1));
            assertThat(next.take(1, LONG)).extracting(each -> each.id()).containsExactly("WO-1");
        }
        leaving.join();
    }

    private static void closeUnchecked(Bus.Reception reception) {
        try {
            reception.close();
        } catch (BusException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_large_payload_leaves_nothing_behind() throws Exception {
        var redis = server();
        var sender = node("studio", redis);
        var receiver = node("attic", redis);
        var body = BusSamples.spooled(sender.spool, "large", BusSamples.bytes(3_000_000, 5));
        sender.bus.drop(order(heading("WO-1", "CLC", "P3"), body));
        try (var reception = receiver.bus.receive("CLC")) {
            var taken = reception.take(1, LONG).getFirst();
            assertThat(BusSamples.read(taken.body())).isEqualTo(BusSamples.bytes(3_000_000, 5));
            assertThat(redis.cli("TTL", "steward:body:{clc}:WO-1").strip()).isNotEqualTo("-1");
            reception.acknowledge(taken, acknowledgement(taken));
            Await.until(
                    "nothing is left in Redis",
                    () -> redis.cli("KEYS", "steward:*:{clc}*").isBlank()
                            || redis.cli("KEYS", "steward:*:{clc}*").strip().equals("steward:orders:{clc}"));
        }
        try (var left = Files.list(receiver.spool)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void a_payload_that_vanished_from_redis_is_sent_again() throws Exception {
        var redis = server();
        var sender = node("studio", redis);
        var body = BusSamples.spooled(sender.spool, "large", BusSamples.bytes(700_000, 5));
        sender.bus.drop(order(heading("WO-1", "CLC", "P3"), body));
        sender.settle();
        redis.cli("DEL", "steward:body:{clc}:WO-1");
        var receiver = node("attic", redis);
        var taker = keep(new Taker(receiver.bus, "CLC"));
        Await.until("the entry is refused", () -> orders(redis).equals("0"));
        assertThat(taker.count()).isZero();
        // As each hour, and whenever the link was broken.
        redis.cli("CLIENT", "KILL", "TYPE", "normal");
        awaitDelivered(sender, taker, List.of("WO-1"));
    }

    @Test
    void a_payload_found_to_be_wrong_is_given_once_and_not_at_each_break_of_the_link() throws Exception {
        var redis = server();
        var sender = node("studio", redis);
        var receiver = node("attic", redis);
        try (var reception = receiver.bus.receive("CLC")) {
            drop(sender, "WO-1");
            reception.quarantine(reception.take(1, LONG).getFirst(), "the payload's checksum is another one");
            Await.until("it is gone from Redis", () -> orders(redis).equals("0"));
            redis.cli("FLUSHALL");
            Await.until("it was sent again, and settled", () -> {
                drop(sender, "WO-2");
                return sender.ledger.outgoing(1).isEmpty() && orders(redis).equals("1");
            });
            assertThat(reception.take(5, LONG)).extracting(each -> each.id()).containsExactly("WO-2");
        }
    }
}
