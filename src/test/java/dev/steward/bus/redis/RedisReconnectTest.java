package dev.steward.bus.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.redis.RedisAddress.Login;
import dev.steward.bus.redis.RedisAddress.Server;
import dev.steward.bus.redis.RedisAddress.Servers;
import dev.steward.testing.Await;
import dev.steward.testing.RedisServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that Redis closes under traffic: each is made anew with its login, in its database. */
class RedisReconnectTest extends RedisRig {
    private static final int KILLS = 25;
    private static final int AT_A_TIME = 8;

    /** Without a password too: then nothing but the connection itself keeps what is sent out of database 0. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void all_connections_may_be_killed_again_and_again_and_nothing_goes_to_another_database(boolean password)
            throws Exception {
        var redis = password
                ? keep(RedisServer.start(folder.resolve("redis"), List.of("-a", "secret"), "--requirepass", "secret"))
                : server();
        var address = new RedisAddress(
                new Servers.Single(new Server("127.0.0.1", redis.port()), 3),
                password ? Optional.of(new Login(Optional.empty(), "secret"::toCharArray)) : Optional.empty(),
                Optional.empty());
        var sender = node("studio", address);
        var taker = keep(new Taker(node("attic", address).bus, "CLC"));
        sender.awaitConnected();

        var ids = new ArrayList<String>();
        for (int kill = 0; kill < KILLS; kill++) {
            for (int i = 0; i < AT_A_TIME; i++) {
                ids.add("WO-" + kill + "-" + i);
                drop(sender, ids.getLast());
            }
            redis.cli("CLIENT", "KILL", "TYPE", kill % 5 == 4 ? "pubsub" : "normal");
            sender.awaitConnected();
        }

        awaitDelivered(sender, taker, ids);
        assertThat(redis.cli("-n", "0", "DBSIZE").strip()).isEqualTo("0");
        Await.until(
                "nothing waits in database 3",
                () -> redis.cli("-n", "3", "XLEN", "steward:orders:{clc}")
                        .strip()
                        .equals("0"));
    }
}
