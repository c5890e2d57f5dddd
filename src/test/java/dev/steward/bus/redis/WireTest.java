package dev.steward.bus.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.testing.RedisServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** A connection that broke stays broken: one made anew would be without a login, and in database 0. */
class WireTest {
    @TempDir
    Path folder;

    private static CommandArguments set(String key) {
        return new CommandArguments(Command.SET).add(key).add("here");
    }

    @Test
    void nothing_is_sent_once_it_was_closed() throws Exception {
        try (var redis = RedisServer.start(folder)) {
            var config = DefaultJedisClientConfig.builder()
                    .autoNegotiateProtocol(false)
                    .database(3)
                    .build();
            var wire = Wire.open(new HostAndPort("127.0.0.1", redis.port()), config);
            assertThat(wire.ask(set("first"))).isNotNull();

            wire.cut();

            assertThatThrownBy(() -> wire.ask(set("second"))).isInstanceOf(JedisConnectionException.class);
            assertThatThrownBy(() -> wire.ask(set("third"))).isInstanceOf(JedisConnectionException.class);
            assertThat(redis.cli("-n", "3", "DBSIZE").strip()).isEqualTo("1");
            assertThat(redis.cli("-n", "0", "DBSIZE").strip()).isEqualTo("0");
        }
    }
}
