package dev.steward.bus.redis;

import static dev.steward.bus.BusSamples.heading;
import static dev.steward.bus.BusSamples.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.BusSamples;
import dev.steward.bus.redis.RedisAddress.Server;
import dev.steward.bus.redis.RedisAddress.Servers;
import dev.steward.bus.redis.RedisAddress.Tls;
import dev.steward.testing.Await;
import dev.steward.testing.RedisServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Redis in other forms than one open server: TLS, a Cluster, Sentinels. */
class RedisPlacesTest extends RedisRig {
    /** @param ca its own certificate, which is to be trusted */
    private record Encrypted(RedisServer redis, Path ca) {}

    private Encrypted encrypted(String name) throws Exception {
        var key = folder.resolve(name + ".key");
        var ca = folder.resolve(name + ".pem");
        var made = new ProcessBuilder(
                        ("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN="
                                        + name + " -addext subjectAltName=" + name + " -keyout " + key + " -out " + ca)
                                .split(" "))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("openssl.log").toFile())
                .start();
        assertThat(made.waitFor()).isZero();
        var redis = keep(RedisServer.start(
                folder.resolve("redis"),
                List.of("--tls", "--cacert", ca.toString(), "--insecure"),
                "--tls-cert-file",
                ca.toString(),
                "--tls-key-file",
                key.toString(),
                "--tls-ca-cert-file",
                ca.toString(),
                "--tls-auth-clients",
                "no"));
        return new Encrypted(redis, ca);
    }

    private static RedisAddress address(RedisServer redis, Optional<Tls> trust) {
        return new RedisAddress(new Servers.Single(new Server("127.0.0.1", redis.port()), 0), Optional.empty(), trust);
    }

    @Test
    void orders_travel_over_tls_and_what_cannot_be_trusted_is_told() throws Exception {
        var it = encrypted("IP:127.0.0.1");
        var node = node("studio", address(it.redis(), Optional.of(new Tls(Optional.of(it.ca())))));
        node.awaitConnected();
        drop(node, "WO-1");
        awaitDelivered(node, keep(new Taker(node.bus, "CLC")), List.of("WO-1"));

        awaitAway(
                node("nobody", address(it.redis(), Optional.of(new Tls(Optional.empty())))),
                "the TLS handshake failed");
        awaitAway(node("plain", address(it.redis(), Optional.empty())), "the connection");
        var missing = folder.resolve("missing.pem");
        awaitAway(
                node("lost", address(it.redis(), Optional.of(new Tls(Optional.of(missing))))),
                "missing.pem can't be used: there is no such file");
        var empty = Files.writeString(folder.resolve("empty.pem"), "");
        awaitAway(
                node("empty", address(it.redis(), Optional.of(new Tls(Optional.of(empty))))),
                "has no certificate in PEM");
    }

    @Test
    void a_certificate_for_another_host_is_refused() throws Exception {
        var it = encrypted("DNS:redis.example");
        awaitAway(
                node("studio", address(it.redis(), Optional.of(new Tls(Optional.of(it.ca()))))),
                "the TLS handshake failed");
    }

    @Test
    void tls_to_a_server_without_it_is_told() throws Exception {
        var redis = server();
        var address = new RedisAddress(
                new Servers.Single(new Server("127.0.0.1", redis.port()), 0),
                Optional.empty(),
                Optional.of(new Tls(Optional.empty())));
        awaitAway(node("studio", address), "over TLS gives no answer");
    }

    @Test
    void another_database_is_used_as_it_is_told() throws Exception {
        var redis = server();
        var address = new RedisAddress(
                new Servers.Single(new Server("127.0.0.1", redis.port()), 3), Optional.empty(), Optional.empty());
        var node = node("studio", address);
        drop(node, "WO-1");
        node.settle();
        assertThat(orders(redis)).isEqualTo("0");
        assertThat(redis.cli("-n", "3", "XLEN", "steward:orders:{clc}").strip()).isEqualTo("1");
    }

    @Test
    void orders_travel_through_a_cluster_of_several_nodes() throws Exception {
        var one = cluster("one");
        var two = cluster("two");
        slots(one, 0, 8191);
        slots(two, 8192, 16383);
        one.cli("CLUSTER", "MEET", "127.0.0.1", "" + two.port());
        Await.until(
                "the cluster is whole",
                () -> one.cli("CLUSTER", "INFO").contains("cluster_state:ok")
                        && two.cli("CLUSTER", "INFO").contains("cluster_state:ok"));
        var address = new RedisAddress(
                new Servers.Cluster(List.of(new Server("127.0.0.1", 1), new Server("127.0.0.1", two.port()))),
                Optional.empty(),
                Optional.empty());
        var node = node("studio", address);
        node.awaitConnected();
        // Names whose slots are on both nodes.
        for (String inbox : List.of("CLA", "CLB", "CLC", "CLD", "CLE", "CLF")) {
            var taker = keep(new Taker(node.bus, inbox));
            var large = BusSamples.spooled(node.spool, inbox, BusSamples.bytes(300_000, 1));
            node.bus.drop(order(heading("WO-L-" + inbox, inbox, "P3"), large));
            node.bus.drop(order("WO-" + inbox, inbox));
            awaitDelivered(node, taker, List.of("WO-L-" + inbox, "WO-" + inbox));
        }
        assertThat(one.cli("KEYS", "steward:*")).contains("{cl");
        assertThat(two.cli("KEYS", "steward:*")).contains("{cl");
    }

    private RedisServer cluster(String name) throws Exception {
        return keep(RedisServer.start(folder.resolve(name), "--cluster-enabled", "yes"));
    }

    /** One by one, since Redis 6.2 knows no ranges there. */
    private static void slots(RedisServer server, int first, int last) throws Exception {
        var words = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
        IntStream.rangeClosed(first, last).mapToObj(Integer::toString).forEach(words::add);
        assertThat(server.cli(words.toArray(String[]::new))).startsWith("OK");
    }

    @Test
    void a_failover_by_sentinels_is_followed_and_loses_nothing() throws Exception {
        var master = keep(RedisServer.start(folder.resolve("master")));
        var replica =
                keep(RedisServer.start(folder.resolve("replica"), "--replicaof", "127.0.0.1", "" + master.port()));
        Await.until(
                "the replica follows", () -> master.cli("INFO", "replication").contains("state=online"));
        var sentinel = keep(RedisServer.sentinel(folder.resolve("sentinel"), "boss", master));
        Await.until(
                "the Sentinel knows the replica",
                () -> sentinel.cli("SENTINEL", "REPLICAS", "boss").contains("" + replica.port()));
        var address = new RedisAddress(
                new Servers.Sentinels(
                        "boss",
                        List.of(new Server("127.0.0.1", 1), new Server("127.0.0.1", sentinel.port())),
                        Optional.empty(),
                        0),
                Optional.empty(),
                Optional.empty());
        var sender = node("studio", address);
        var taker = keep(new Taker(node("attic", address).bus, "CLC"));
        var ids = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            ids.add("WO-" + i);
            drop(sender, "WO-" + i);
        }
        awaitDelivered(sender, taker, ids);

        master.kill();
        ids.add("WO-late");
        drop(sender, "WO-late");

        awaitDelivered(sender, taker, ids);
        assertThat(replica.cli("ROLE")).startsWith("master");
        awaitAway(
                node(
                        "lost",
                        new RedisAddress(
                                new Servers.Sentinels(
                                        "nobody",
                                        List.of(new Server("127.0.0.1", sentinel.port())),
                                        Optional.empty(),
                                        0),
                                Optional.empty(),
                                Optional.empty())),
                "knows no master 'nobody'");
    }
}
