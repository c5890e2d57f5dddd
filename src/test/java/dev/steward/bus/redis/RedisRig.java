package dev.steward.bus.redis;

import static dev.steward.bus.BusSamples.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.OrderState;
import dev.steward.bus.Presence;
import dev.steward.testing.Await;
import dev.steward.testing.RedisServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of the link stand on: servers and nodes, which end with the test. */
abstract class RedisRig {
    /** As a node does, with less patience. */
    static final RedisPace QUICK = new RedisPace(
            Duration.ofSeconds(2),
            Duration.ofMillis(200),
            Duration.ofSeconds(3),
            Duration.ofHours(1),
            new RedisPace.Backoff(Duration.ofMillis(20), Duration.ofMillis(300), Duration.ofSeconds(10)),
            RedisPace.USUAL.keep());

    @TempDir
    Path folder;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @AfterEach
    void end() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    <T extends AutoCloseable> T keep(T resource) {
        open.push(resource);
        return resource;
    }

    RedisServer server(String... options) throws Exception {
        return keep(RedisServer.start(folder.resolve("redis"), options));
    }

    RedisNode node(String name, RedisServer redis) throws Exception {
        return node(name, RedisAddress.of("127.0.0.1", redis.port()));
    }

    RedisNode node(String name, RedisAddress address) throws Exception {
        return node(name, address, QUICK);
    }

    RedisNode node(String name, RedisAddress address, RedisPace pace) throws Exception {
        return keep(new RedisNode(name, Files.createDirectories(folder.resolve(name)), address, pace));
    }

    static void awaitAway(RedisNode node, String reason) throws Exception {
        Await.until(
                "it is away because of: " + reason,
                () -> node.bus.presence() instanceof Presence.Away away
                        && away.reason().contains(reason));
    }

    /** Awaits that each was delivered there once, and that the sender knows. */
    static void awaitDelivered(RedisNode sender, Taker taker, Collection<String> ids) throws Exception {
        Await.until("all of " + ids.size() + " orders are delivered", () -> taker.count() >= ids.size());
        for (String id : ids) {
            Await.until(id + " is acknowledged", () -> state(sender, id) == OrderState.DELIVERED);
        }
        assertThat(taker.failure()).isEmpty();
        assertThat(taker.ids()).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(taker.deliveries().values()).containsOnly(1);
    }

    static OrderState state(RedisNode node, String id) throws Exception {
        return node.ledger.order(id).orElseThrow().state();
    }

    static void drop(RedisNode node, String id) throws Exception {
        node.bus.drop(order(id, "CLC"));
    }

    static String orders(RedisServer redis) throws Exception {
        return redis.cli("XLEN", "steward:orders:{clc}").strip();
    }
}
