package dev.steward.bus.redis;

import static dev.steward.bus.BusSamples.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.Beat;
import dev.steward.bus.Body;
import dev.steward.bus.BusException;
import dev.steward.bus.BusSamples;
import dev.steward.bus.Change;
import dev.steward.bus.OrderQuery;
import dev.steward.bus.OrderState;
import dev.steward.bus.Presence;
import dev.steward.bus.WorkOrder;
import dev.steward.bus.redis.RedisAddress.Login;
import dev.steward.bus.redis.RedisAddress.Servers;
import dev.steward.testing.Await;
import dev.steward.testing.RedisServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** What can be wrong with Redis is told apart, and is over by itself when it is put right. */
class RedisTroubleTest extends RedisRig {
    private static final String SECRET = "correct horse";

    private static RedisAddress with(RedisServer redis, Optional<String> user, RedisAddress.Secret password) {
        return new RedisAddress(
                new Servers.Single(new RedisAddress.Server("127.0.0.1", redis.port()), 0),
                Optional.of(new Login(user, password)),
                Optional.empty());
    }

    private static String reason(RedisNode node) throws BusException {
        return node.bus.presence() instanceof Presence.Away away ? away.reason() : "connected";
    }

    @Test
    void a_wrong_password_is_told_and_a_right_one_is_taken_up() throws Exception {
        var redis = keep(RedisServer.start(folder.resolve("redis"), List.of("-a", SECRET), "--requirepass", SECRET));
        var password = new AtomicReference<>("wrong battery");
        var node = node(
                "studio", with(redis, Optional.empty(), () -> password.get().toCharArray()));

        awaitAway(node, "WRONGPASS");
        assertThat(reason(node)).contains("127.0.0.1:" + redis.port()).doesNotContain("battery");
        drop(node, "WO-1");
        password.set(SECRET);

        var taker = keep(new Taker(node.bus, "CLC"));
        awaitDelivered(node, taker, List.of("WO-1"));
        node.awaitConnected();
    }

    @Test
    void a_password_that_is_asked_for_later_is_taken_up() throws Exception {
        var redis = server();
        var password = new AtomicReference<>("");
        var node = node(
                "studio", with(redis, Optional.empty(), () -> password.get().toCharArray()));
        awaitAway(node, "has no password, and the bus has one");
        redis.cli("CONFIG", "SET", "requirepass", SECRET);
        awaitAway(node, "WRONGPASS");
        password.set(SECRET);
        node.awaitConnected();
    }

    @Test
    void a_password_that_is_missing_is_told() throws Exception {
        var redis = keep(RedisServer.start(folder.resolve("redis"), List.of("-a", SECRET), "--requirepass", SECRET));
        awaitAway(node("studio", redis), "wants a password (NOAUTH)");
    }

    @Test
    void a_password_that_cannot_be_read_is_told() throws Exception {
        var redis = server();
        var node = node("studio", with(redis, Optional.empty(), () -> {
            throw new IOException("no such file: /run/secret");
        }));
        awaitAway(node, "can't be had: no such file: /run/secret");
    }

    @Test
    void a_user_with_the_rights_that_the_docs_list_can_do_all() throws Exception {
        var redis = server();
        var words = new ArrayList<>(List.of("ACL", "SETUSER", "steward", "on", ">" + SECRET));
        var line = Files.readAllLines(Path.of(System.getProperty("steward.basedir", "."), "docs", "bus.md")).stream()
                .filter(each -> each.startsWith("user steward on >PASSWORD "))
                .findFirst()
                .orElseThrow();
        words.addAll(
                List.of(line.substring("user steward on >PASSWORD ".length()).split(" ", -1)));
        assertThat(redis.cli(words.toArray(String[]::new))).startsWith("OK");
        var node = node("studio", with(redis, Optional.of("steward"), SECRET::toCharArray));
        node.awaitConnected();
        var taker = keep(new Taker(node.bus, "CLC"));
        var large = BusSamples.spooled(node.spool, "large", BusSamples.bytes(600_000, 3));
        node.bus.drop(order(BusSamples.heading("WO-1", "CLC", "P3"), large));
        drop(node, "WO-2");
        node.bus.beat(new Beat("cls", BusSamples.CREATED, 1, 42, "inc", "boot", Duration.ofSeconds(10)));
        awaitDelivered(node, taker, List.of("WO-1", "WO-2"));
        node.settle();
        Await.until("nothing is left in Redis", () -> orders(redis).equals("0"));
        node.awaitConnected();
        assertThat(redis.cli("ACL", "LOG").strip()).as("what was not permitted").isEmpty();
    }

    @Test
    void a_user_without_rights_is_told_what_it_may_not_do_and_other_inboxes_go_on() throws Exception {
        var redis = server();
        redis.cli("ACL", "SETUSER", "narrow", "on", ">" + SECRET, "~steward:*:{cld}*", "~steward:acks*");
        redis.cli(
                "ACL",
                "SETUSER",
                "narrow",
                "~steward:results*",
                "~steward:epoch",
                "~steward:node:*",
                "resetchannels",
                "&cls:ack",
                "+@all");
        var good = node("studio", redis);
        var node = node("attic", with(redis, Optional.of("narrow"), SECRET::toCharArray));
        node.awaitConnected();

        drop(node, "WO-1");
        node.bus.drop(order("WO-2", "CLD"));

        awaitAway(node, "NOPERM");
        assertThat(reason(node)).contains("steward:orders:{clc}").contains("docs/bus.md");
        awaitDelivered(node, keep(new Taker(good.bus, "CLD")), List.of("WO-2"));
        redis.cli("ACL", "SETUSER", "narrow", "~steward:*");
        awaitDelivered(node, keep(new Taker(good.bus, "CLC")), List.of("WO-1"));
        node.awaitConnected();
    }

    @Test
    void a_key_of_another_type_is_named_and_other_inboxes_go_on() throws Exception {
        var redis = server();
        redis.cli("SET", "steward:orders:{clc}", "something else");
        var node = node("studio", redis);
        var taker = keep(new Taker(node.bus, "CLC"));
        var other = keep(new Taker(node.bus, "CLD"));
        drop(node, "WO-1");
        node.bus.drop(order("WO-2", "CLD"));

        awaitAway(node, "something else under the key 'steward:orders:{clc}'");
        awaitDelivered(node, other, List.of("WO-2"));
        redis.cli("DEL", "steward:orders:{clc}");

        awaitDelivered(node, taker, List.of("WO-1"));
        node.awaitConnected();
    }

    @Test
    void acknowledgements_that_are_refused_keep_no_order_waiting() throws Exception {
        var redis = server();
        var sender = node("studio", redis);
        var receiver = node("attic", redis);
        redis.cli("SET", "steward:acks", "something else");
        var orders = new ArrayList<WorkOrder>();
        // More than are sent at once.
        try (var reception = receiver.bus.receive("CLC")) {
            for (int i = 0; i < 80; i++) {
                drop(sender, "WO-" + i);
            }
            Await.until("all are taken", () -> {
                orders.addAll(reception.take(80, Duration.ofMillis(200)));
                return orders.size() == 80;
            });
            for (var order : orders) {
                reception.acknowledge(order, BusSamples.acknowledgement(order));
            }
        }
        awaitAway(receiver, "something else under the key 'steward:acks'");

        receiver.bus.drop(order("WO-new", "CLD"));
        var taker = keep(new Taker(sender.bus, "CLD"));
        Await.until("it is delivered", () -> taker.ids().equals(List.of("WO-new")));

        redis.cli("DEL", "steward:acks");
        Await.until(
                "all are acknowledged",
                () -> sender.ledger
                        .orders(OrderQuery.in(EnumSet.of(OrderState.DROPPED), 1))
                        .isEmpty());
        receiver.awaitConnected();
    }

    @Test
    void a_withdrawal_that_is_refused_is_made_later() throws Exception {
        var redis = server();
        var node = node("studio", redis);
        redis.cli("SET", "steward:index:{clc}", "something else");
        drop(node, "WO-1");
        awaitAway(node, "something else under the key");
        node.ledger.change("WO-1", new Change.Cancel("ops"));
        Await.until(
                "it was refused",
                () -> redis.cli("EXISTS", "steward:withdrawn:{clc}:WO-1")
                                .strip()
                                .equals("0")
                        && node.ledger.outgoing(1).stream().anyMatch(each -> each.seq() > 2));
        redis.cli("DEL", "steward:index:{clc}");
        Await.until(
                "it is withdrawn",
                () -> redis.cli("EXISTS", "steward:withdrawn:{clc}:WO-1")
                        .strip()
                        .equals("1"));
        node.awaitConnected();
    }

    @Test
    void a_full_redis_is_told_and_what_waited_flows_when_there_is_room() throws Exception {
        var redis = server();
        var node = node("studio", redis);
        node.awaitConnected();
        redis.cli("CONFIG", "SET", "maxmemory", "1");
        drop(node, "WO-1");

        awaitAway(node, "is full (OOM)");
        assertThat(orders(redis)).isEqualTo("0");
        redis.cli("CONFIG", "SET", "maxmemory", "128mb");

        awaitDelivered(node, keep(new Taker(node.bus, "CLC")), List.of("WO-1"));
        node.awaitConnected();
    }

    @Test
    void a_full_redis_gives_what_it_has() throws Exception {
        var redis = server();
        var node = node("studio", redis);
        drop(node, "WO-1");
        node.settle();
        try (var reception = node.bus.receive("CLC")) {
            Await.until(
                    "the inbox is read",
                    () -> redis.cli("XINFO", "GROUPS", "steward:orders:{clc}").contains("steward"));
            assertThat(reception.take(1, Duration.ofSeconds(15))).hasSize(1);
        }
        redis.cli("CONFIG", "SET", "maxmemory", "1");
        var taker = keep(new Taker(node.bus, "CLC"));
        Await.until("it is delivered", () -> taker.count() == 1);
        Await.until("it is gone from Redis", () -> {
            redis.cli("CONFIG", "SET", "maxmemory", "128mb");
            return orders(redis).equals("0");
        });
    }

    @Test
    void a_payload_that_finds_no_room_does_not_stand_in_the_way_of_others() throws Exception {
        var redis = server();
        var node = node("studio", redis);
        var taker = keep(new Taker(node.bus, "CLC"));
        redis.cli("CONFIG", "SET", "maxmemory", "8mb");
        var large = BusSamples.spooled(node.spool, "large", BusSamples.bytes(20_000_000, 3));
        node.bus.drop(order(BusSamples.heading("WO-1", "CLC", "P3"), large));
        drop(node, "WO-2");

        Await.until("the small one is delivered", () -> taker.ids().equals(List.of("WO-2")));
        awaitProblem(node, "the payload of WO-1, 20000000 bytes: Redis at");
        node.awaitConnected();
        redis.cli("CONFIG", "SET", "maxmemory", "128mb");

        awaitDelivered(node, taker, List.of("WO-1", "WO-2"));
        Await.until(
                "the payload is gone from Redis",
                () -> redis.cli("KEYS", "steward:body:*").isBlank());
        Await.until("all is well", () -> node.bus.problems().isEmpty());
    }

    private static void awaitProblem(RedisNode node, String words) throws Exception {
        Await.until(
                "it is told: " + words, () -> node.bus.problems().stream().anyMatch(each -> each.startsWith(words)));
    }

    @Test
    void a_payload_that_cannot_be_read_is_a_problem_of_its_order_alone() throws Exception {
        var redis = server();
        var node = node("studio", redis);
        var large = BusSamples.spooled(node.spool, "large", BusSamples.bytes(600_000, 3));
        redis.kill();
        awaitAway(node, "can't be reached");
        node.bus.drop(order(BusSamples.heading("WO-1", "CLC", "P3"), large));
        Files.delete(((Body.Content.Spooled) large.content()).file());
        redis.start();
        awaitProblem(node, "the payload of WO-1 can't be read, so it waits here");
        node.awaitConnected();
        assertThat(node.bus.problems()).hasSize(1);

        // Somebody gives it up.
        node.ledger.change("WO-1", new Change.Cancel("ops"));
        Await.until("nobody speaks of it any more", () -> node.bus.problems().isEmpty());
    }

    @Test
    void a_redis_without_room_for_anything_is_away_though_large_payloads_alone_wait() throws Exception {
        var redis = server();
        var node = node("studio", redis);
        node.awaitConnected();
        redis.cli("CONFIG", "SET", "maxmemory", "1");
        var large = BusSamples.spooled(node.spool, "large", BusSamples.bytes(600_000, 3));
        node.bus.drop(order(BusSamples.heading("WO-1", "CLC", "P3"), large));
        awaitAway(node, "is full (OOM)");
        assertThat(node.bus.problems()).isEmpty();
    }

    @Test
    void a_replica_is_told_and_taken_when_it_has_become_the_master() throws Exception {
        var redis = server();
        redis.cli("REPLICAOF", "127.0.0.1", "1");
        redis.cli("CONFIG", "SET", "replica-serve-stale-data", "yes");
        var node = node("studio", redis);
        awaitAway(node, "is a replica that takes nothing (READONLY)");
        redis.cli("REPLICAOF", "NO", "ONE");
        node.awaitConnected();
    }

    @Test
    void nobody_at_the_address_is_told_and_a_server_that_comes_is_taken() throws Exception {
        var redis = server();
        redis.kill();
        var node = node("studio", redis);
        awaitAway(node, "can't be reached: Connection refused");
        awaitAway(node("attic", RedisAddress.of("no-such-host.invalid", 6379)), "there is no such host");
        redis.start();
        node.awaitConnected();
    }

    @Test
    void a_server_of_another_kind_is_told() throws Exception {
        var other = keep(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().start(() -> talk(other));
        awaitAway(node("studio", RedisAddress.of("127.0.0.1", other.getLocalPort())), "does not speak Redis' protocol");
    }

    private static void talk(ServerSocket server) {
        try {
            while (true) {
                try (var client = server.accept()) {
                    client.getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    client.getInputStream().readNBytes(14);
                }
            }
        } catch (IOException closed) {
            Assertions.assertThat(server.isClosed()).isTrue();
        }
    }

    @Test
    void a_beat_while_redis_is_away_fails_at_once_with_the_reason() throws Exception {
        var redis = server();
        redis.kill();
        var node = node("studio", redis);
        awaitAway(node, "can't be reached");
        var beat = new Beat("cls", BusSamples.CREATED, 1, 42, "inc", "boot", Duration.ofSeconds(10));
        Assertions.assertThatThrownBy(() -> node.bus.beat(beat))
                .isInstanceOfSatisfying(
                        BusException.class, e -> assertThat(e.kind()).isEqualTo(BusException.Kind.UNAVAILABLE))
                .hasMessageContaining("can't be reached");
    }
}
