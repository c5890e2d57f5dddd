package dev.steward.bus.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.bus.Beat;
import dev.steward.bus.BusException;
import dev.steward.bus.BusSamples;
import dev.steward.bus.Change;
import dev.steward.bus.Result;
import dev.steward.testing.Await;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RedisBeatsTest extends RedisRig {
    private static Beat beat(long iter) {
        return new Beat(
                "cls", Instant.parse("2025-10-30T22:57:25.9Z"), iter, 4711, "inc-1", "boot-1", Duration.ofSeconds(10));
    }

    @Test
    void a_beat_is_a_hash_that_lives_for_three_intervals() throws Exception {
        var redis = server();
        var node = node("studio", redis);
        node.awaitConnected();
        node.bus.beat(beat(1));
        node.bus.beat(beat(2045));

        var key = "steward:heartbeat:studio:cls";
        assertThat(node.bus.read(key))
                .isEqualTo(Map.of(
                        "ts",
                        "1761865045",
                        "iter",
                        "2045",
                        "pid",
                        "4711",
                        "incarnation",
                        "inc-1",
                        "boot",
                        "boot-1",
                        "bus",
                        "connected"));
        assertThat(Long.parseLong(redis.cli("PTTL", key).strip())).isBetween(20_000L, 30_000L);
    }

    @Test
    void beats_of_foreign_agents_are_read_in_the_forms_that_they_have() throws Exception {
        var redis = server();
        var node = node("studio", redis);
        node.awaitConnected();
        redis.cli("HSET", "theirs:hash", "ts", "1761865045", "iter", "7");
        redis.cli("SET", "theirs:json", "{\"ts\":1761865045,\"iter\":2045,\"more\":{\"x\":1}}");
        redis.cli("SET", "theirs:seconds", "1761865045.25\n");
        redis.cli("SET", "theirs:words", "alive");
        redis.cli("SADD", "theirs:set", "x");

        assertThat(node.bus.read("theirs:hash")).isEqualTo(Map.of("ts", "1761865045", "iter", "7"));
        assertThat(node.bus.read("theirs:json")).isEqualTo(Map.of("ts", "1761865045", "iter", "2045"));
        assertThat(node.bus.read("theirs:seconds")).isEqualTo(Map.of("ts", "1761865045.25"));
        assertThat(node.bus.read("theirs:nothing")).isEmpty();
        assertThatThrownBy(() -> node.bus.read("theirs:words"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("neither a hash");
        assertThatThrownBy(() -> node.bus.read("theirs:set"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("theirs:set");
        node.awaitConnected();
    }

    @Test
    void a_beat_under_a_key_of_another_type_fails_and_names_it() throws Exception {
        var redis = server();
        var node = node("studio", redis);
        node.awaitConnected();
        redis.cli("SET", "steward:heartbeat:studio:cls", "x");
        assertThatThrownBy(() -> node.bus.beat(beat(1)))
                .isInstanceOf(BusException.class)
                .hasMessageContaining("steward:heartbeat:studio:cls");
        node.awaitConnected();
    }

    @Test
    void a_result_is_set_for_listeners_and_told_to_the_node_that_dropped_the_order() throws Exception {
        var redis = server();
        var sender = node("studio", redis);
        var receiver = node("attic", redis);
        drop(sender, "WO-1");
        var taker = keep(new Taker(receiver.bus, "CLC"));
        awaitDelivered(sender, taker, List.of("WO-1"));
        var result = new Result(
                true,
                "clc",
                1,
                Duration.ofMillis(5_250),
                OptionalInt.of(0),
                "",
                "all is \"well\" ü\n",
                BusSamples.CREATED);

        receiver.ledger.change("WO-1", new Change.Done(result));

        Await.until(
                "the sender knows",
                () -> sender.ledger.order("WO-1").orElseThrow().result().isPresent());
        assertThat(sender.ledger.order("WO-1").orElseThrow().result()).contains(result);
        assertThat(redis.cli("GET", "wo:result:WO-1"))
                .startsWith(
                        "{\"status\":\"success\",\"duration\":5,\"duration_ms\":5250,\"by\":\"clc\",\"attempt\":1,\"exit\":0,");
        assertThat(Long.parseLong(redis.cli("TTL", "wo:result:WO-1").strip())).isBetween(3_500L, 3_600L);
    }
}
