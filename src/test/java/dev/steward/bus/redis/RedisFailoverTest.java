package dev.steward.bus.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.redis.RedisAddress.Server;
import dev.steward.bus.redis.RedisAddress.Servers;
import dev.steward.testing.Await;
import dev.steward.testing.RedisServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Orders that are dropped while one server takes the place of another: each is delivered once. */
class RedisFailoverTest extends RedisRig {
    private static final String INBOX = "steward:orders:{clc}";
    private static final int BEFORE = 20;

    private final List<String> ids = new ArrayList<>();

    private static RedisAddress address(Servers servers) {
        return new RedisAddress(servers, Optional.empty(), Optional.empty());
    }

    private void dropSome(RedisNode sender) throws Exception {
        for (int i = 0; i < BEFORE; i++) {
            ids.add("WO-" + ids.size());
            drop(sender, ids.getLast());
        }
    }

    /** Drops until it has come to pass. */
    private void dropUntil(RedisNode sender, String what, Callable<Boolean> condition) throws Exception {
        Await.until(what, () -> {
            ids.add("WO-" + ids.size());
            drop(sender, ids.getLast());
            return condition.call();
        });
    }

    @Test
    void sentinels_with_two_replicas() throws Exception {
        var servers = new ArrayList<RedisServer>();
        servers.add(named("one"));
        for (String name : List.of("two", "three")) {
            servers.add(named(
                    name, "--replicaof", "127.0.0.1", "" + servers.getFirst().port()));
        }
        Await.until(
                "both replicas follow",
                () -> servers.getFirst().cli("INFO", "replication").split("state=online", -1).length == 3);
        var sentinel = keep(RedisServer.sentinel(folder.resolve("sentinel"), "boss", servers.getFirst()));
        Await.until("the Sentinel knows both", () -> servers.stream().skip(1).allMatch(each -> knows(sentinel, each)));
        var address = address(
                new Servers.Sentinels("boss", List.of(new Server("127.0.0.1", sentinel.port())), Optional.empty(), 0));
        var sender = node("studio", address);
        var taker = keep(new Taker(node("attic", address).bus, "CLC"));
        dropSome(sender);
        var first = servers.getFirst();
        Await.until("some are delivered", () -> taker.count() > 0);

        first.kill();
        dropUntil(sender, "another one is the master", () -> master(sentinel) != first.port());
        awaitDelivered(sender, taker, ids);

        // It comes back, and is made a replica; then the place changes as somebody asks for it.
        first.start();
        Await.until("the old master follows", () -> first.cli("ROLE").contains("connected"));
        int second = master(sentinel);
        Await.until(
                "the Sentinel begins",
                () -> sentinel.cli("SENTINEL", "FAILOVER", "boss").startsWith("OK"));
        dropUntil(sender, "yet another one is the master", () -> master(sentinel) != second);
        awaitDelivered(sender, taker, ids);
        assertThat(sender.ledger.outgoing(1)).isEmpty();
    }

    private RedisServer named(String name, String... options) throws Exception {
        return keep(RedisServer.start(folder.resolve(name), options));
    }

    private static boolean knows(RedisServer sentinel, RedisServer replica) {
        try {
            return sentinel.cli("SENTINEL", "REPLICAS", "boss").contains("" + replica.port());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static int master(RedisServer sentinel) throws Exception {
        var lines = sentinel.cli("SENTINEL", "GET-MASTER-ADDR-BY-NAME", "boss")
                .strip()
                .split("\n", -1);
        return Integer.parseInt(lines[1].strip());
    }

    @Test
    void a_cluster_of_three_with_a_replica_each() throws Exception {
        var servers = new ArrayList<RedisServer>();
        var create = new ArrayList<>(List.of("--cluster", "create"));
        for (int i = 0; i < 6; i++) {
            servers.add(named("node" + i, "--cluster-enabled", "yes", "--cluster-node-timeout", "1000"));
            create.add("127.0.0.1:" + servers.getLast().port());
        }
        create.addAll(List.of("--cluster-replicas", "1", "--cluster-yes"));
        assertThat(servers.getFirst().cli(create.toArray(String[]::new))).contains("All 16384 slots covered");
        Await.until(
                "the cluster is whole",
                () -> servers.stream().allMatch(each -> says(each, "cluster_state:ok", "CLUSTER", "INFO")));
        Await.until(
                "each replica follows",
                () -> servers.stream().skip(3).allMatch(each -> says(each, "connected", "ROLE")));
        var address = address(new Servers.Cluster(servers.stream()
                .map(each -> new Server("127.0.0.1", each.port()))
                .toList()));
        var sender = node("studio", address);
        var taker = keep(new Taker(node("attic", address).bus, "CLC"));
        dropSome(sender);
        Await.until("some are delivered", () -> taker.count() > 0);
        var owner = servers.stream().filter(each -> has(each)).findFirst().orElseThrow();

        owner.kill();
        dropUntil(
                sender, "a replica has the inbox", () -> servers.stream().anyMatch(each -> each != owner && has(each)));

        awaitDelivered(sender, taker, ids);
        sender.awaitConnected();
    }

    /** Whether this server is the master of the inbox' slot: any other one points elsewhere. */
    private static boolean has(RedisServer server) {
        return says(server, "stream", "TYPE", INBOX) && says(server, "master", "ROLE");
    }

    private static boolean says(RedisServer server, String words, String... question) {
        try {
            return server.cli(question).contains(words);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
