package dev.steward.bus.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.redis.RedisAddress.Server;
import dev.steward.bus.redis.RedisAddress.Servers;
import dev.steward.testing.Await;
import dev.steward.testing.RedisServer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A Redis that answers and takes nothing for a while: what is wrong is told, and what waited flows afterwards. */
class RedisRefusalTest extends RedisRig {
    private static void awaitFlow(RedisNode node) throws Exception {
        try (var taker = new Taker(node.bus, "CLC")) {
            awaitDelivered(node, taker, List.of("WO-1"));
        }
        node.awaitConnected();
    }

    @Test
    void one_that_cannot_save_is_told() throws Exception {
        var redis = server("--appendonly", "no");
        var node = node("studio", redis);
        node.awaitConnected();
        // A folder where its file should be.
        var inTheWay = Files.createDirectories(folder.resolve("redis/dump.rdb/x"));
        redis.cli("CONFIG", "SET", "save", "3600 1");
        redis.cli("BGSAVE");
        Await.until("it failed", () -> redis.cli("INFO", "persistence").contains("rdb_last_bgsave_status:err"));
        drop(node, "WO-1");

        awaitAway(node, "can't write to its disk and takes nothing (MISCONF)");

        Files.delete(inTheWay);
        Files.delete(inTheWay.getParent());
        Await.until("it saves", () -> {
            redis.cli("BGSAVE");
            return redis.cli("INFO", "persistence").contains("rdb_last_bgsave_status:ok");
        });
        awaitFlow(node);
    }

    @Test
    void one_that_runs_a_script_without_end_is_told() throws Exception {
        var redis = server("--lua-time-limit", "100");
        var node = node("studio", redis);
        node.awaitConnected();
        var script = Thread.ofVirtual().start(() -> {
            try {
                redis.cli("EVAL", "while true do end", "0");
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });

        awaitAway(node, "a script that does not end (BUSY)");

        drop(node, "WO-1");
        Await.until("it is killed", () -> redis.cli("SCRIPT", "KILL").startsWith("OK"));
        script.join();
        awaitFlow(node);
    }

    @Test
    void one_that_is_still_loading_is_told() throws Exception {
        // While it loads it answers after each 2 MiB.
        var redis = server("--appendonly", "no", "--rdbcompression", "no", "--key-load-delay", "25000");
        redis.cli("EVAL", "for i = 1, 120 do redis.call('SET', 'key' .. i, string.rep('x', 100000)) end", "0");
        redis.cli("SAVE");
        redis.kill();
        redis.launch();
        var node = node("studio", redis);
        drop(node, "WO-1");

        awaitAway(node, "is still loading its data (LOADING)");

        awaitFlow(node);
    }

    @Test
    void one_that_has_too_few_replicas_is_told() throws Exception {
        var redis = server();
        var node = node("studio", redis);
        node.awaitConnected();
        redis.cli("CONFIG", "SET", "min-replicas-to-write", "1");
        drop(node, "WO-1");

        awaitAway(node, "has too few replicas, and takes nothing (NOREPLICAS)");

        redis.cli("CONFIG", "SET", "min-replicas-to-write", "0");
        awaitFlow(node);
    }

    @Test
    void a_cluster_that_is_not_whole_is_told() throws Exception {
        var redis = server("--cluster-enabled", "yes");
        var words = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
        IntStream.range(0, 16_383).mapToObj(Integer::toString).forEach(words::add);
        assertThat(redis.cli(words.toArray(String[]::new))).startsWith("OK");
        var node = node("studio", cluster(redis));
        drop(node, "WO-1");

        awaitAway(node, "lacks nodes, and takes nothing (CLUSTERDOWN)");

        redis.cli("CLUSTER", "ADDSLOTS", "16383");
        awaitFlow(node);
    }

    private static RedisAddress cluster(RedisServer redis) {
        return new RedisAddress(
                new Servers.Cluster(List.of(new Server("127.0.0.1", redis.port()))),
                Optional.empty(),
                Optional.empty());
    }
}
