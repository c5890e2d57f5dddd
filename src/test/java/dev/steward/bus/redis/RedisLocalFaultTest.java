package dev.steward.bus.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.ledger.Ledger;
import dev.steward.bus.ledger.Ledgers;
import dev.steward.testing.Await;
import dev.steward.testing.RedisServer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A fault of this node is told by the one who met it, and breaks no link. */
class RedisLocalFaultTest extends RedisRig {
    /** The call of the ledger that fails, and how often it did. */
    private final AtomicReference<String> fails = new AtomicReference<>("");

    private final AtomicInteger failures = new AtomicInteger();

    private RedisNode faulty(RedisServer redis) throws Exception {
        var home = Files.createDirectories(folder.resolve("studio"));
        var ledger = Ledgers.openLinked(home.resolve("bus.db"), InstantSource.system());
        var faulty = (Ledger) Proxy.newProxyInstance(
                Ledger.class.getClassLoader(), new Class<?>[] {Ledger.class}, (_, method, arguments) -> {
                    var call = method.getName() + (arguments == null ? "" : " " + arguments[0]);
                    if (call.equals(fails.get())) {
                        failures.incrementAndGet();
                        throw new IllegalStateException("the ledger has a fault");
                    }
                    try {
                        return method.invoke(ledger, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        var setting = new RedisBus.Setting(RedisAddress.of("127.0.0.1", redis.port()), QUICK);
        return keep(new RedisNode("studio", home, setting, InstantSource.system(), faulty));
    }

    @Test
    void a_fault_of_the_ledger_is_told_and_breaks_no_link() throws Exception {
        var redis = server();
        var node = faulty(redis);
        node.awaitConnected();
        var listener = redis.cli("CLIENT", "LIST", "TYPE", "pubsub").split(" ", 2)[0];
        fails.set("outgoing 64");
        drop(node, "WO-1");

        awaitAway(node, "orders: a fault on this node, and not of Redis");
        Await.until("it failed again and again", () -> failures.get() >= 4);
        assertThat(redis.cli("CLIENT", "LIST", "TYPE", "pubsub")).startsWith(listener + " ");

        fails.set("");
        awaitDelivered(node, keep(new Taker(node.bus, "CLC")), List.of("WO-1"));
        node.awaitConnected();
    }

    @Test
    void a_message_that_cannot_be_judged_is_not_the_last_one() throws Exception {
        var redis = server();
        var node = faulty(redis);
        node.awaitConnected();
        Await.until(
                "it listens",
                () -> !redis.cli("CLIENT", "LIST", "TYPE", "pubsub").isBlank());
        fails.set("order WO-1");
        for (var id : List.of("WO-1", "WO-2")) {
            redis.cli(
                    "PUBLISH",
                    "cls:ack",
                    "{\"wo_id\":\"" + id + "\",\"to\":\"CLC\",\"by\":\"clc\",\"node\":\"n\",\"incarnation\":\"i\","
                            + "\"ts\":\"2025-10-30T05:29:04Z\",\"latency_ms\":1,\"sha256_wo\":\"" + "0".repeat(64)
                            + "\",\"sha256_body\":\"" + "0".repeat(64) + "\"}");
        }
        Await.until(
                "the second one is refused",
                () -> node.ledger.owed(10).stream()
                        .anyMatch(each -> "WO-2".equals(each.fields().get("wo_id"))));
        assertThat(failures).hasValue(1);
    }
}
