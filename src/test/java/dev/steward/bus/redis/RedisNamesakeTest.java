package dev.steward.bus.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.testing.Await;
import dev.steward.testing.RedisServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two nodes of one name would be given the same orders, so the second one is told, and is given none. */
class RedisNamesakeTest extends RedisRig {
    private static final String NAME = "steward:node:attic";

    private RedisNode namesake(Path home, RedisServer redis) throws Exception {
        var address = RedisAddress.of("127.0.0.1", redis.port());
        return keep(new RedisNode("attic", Files.createDirectories(home), address, QUICK));
    }

    @Test
    void a_second_node_of_the_same_name_is_told_and_receives_when_the_first_has_ended() throws Exception {
        var redis = server();
        var sender = node("studio", redis);
        var first = node("attic", redis);
        first.awaitConnected();
        var second = namesake(folder.resolve("other"), redis);

        awaitAway(second, "another node called attic is connected to Redis at 127.0.0.1:" + redis.port() + " since 20");
        awaitAway(second, "give one of them another node: in its configuration");
        var taker = keep(new Taker(second.bus, "CLC"));
        drop(sender, "WO-1");
        sender.settle();
        long begun = System.nanoTime();
        Await.until(
                "the name would have lapsed twice",
                () -> System.nanoTime() - begun > Duration.ofSeconds(2).toNanos());
        assertThat(taker.count()).isZero();
        first.awaitConnected();

        first.close();
        awaitDelivered(sender, taker, List.of("WO-1"));
        second.awaitConnected();
    }

    @Test
    void a_copied_home_that_runs_at_the_same_time_is_told() throws Exception {
        var redis = server();
        var first = node("attic", redis);
        first.awaitConnected();
        var copy = Files.createDirectories(folder.resolve("copy"));
        for (var name : List.of("bus.db", "bus.db-wal")) {
            Files.copy(folder.resolve("attic").resolve(name), copy.resolve(name));
        }
        var second = namesake(copy, redis);
        awaitAway(second, "another node called attic, which has a copy of this home,");
        first.awaitConnected();
    }

    @Test
    void a_node_whose_process_was_killed_is_back_at_once() throws Exception {
        var redis = server();
        var node = node("attic", redis);
        node.awaitConnected();
        var home = redis.cli("GET", NAME).split(" ", 2)[0];
        node.close();
        assertThat(redis.cli("EXISTS", NAME).strip()).isEqualTo("0");
        // As of a process that lived until now: it says so for an hour.
        var dead = new ProcessBuilder("true").start();
        dead.waitFor();
        redis.cli("SET", NAME, home + " other-process " + place() + " " + dead.pid() + " 1761865045000", "EX", "3600");

        namesake(folder.resolve("attic"), redis).awaitConnected();
    }

    private static String place() throws Exception {
        return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip() + "/"
                + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
    }

    @Test
    void a_node_that_lost_its_name_while_it_stood_still_does_not_go_on() throws Exception {
        var redis = server();
        var node = node("attic", redis);
        node.awaitConnected();
        redis.cli("SET", NAME, "other-home other-process elsewhere 42 1761865045000", "PX", "3000");
        awaitAway(node, "another node called attic is connected");
        // The other one has died.
        node.awaitConnected();
    }
}
