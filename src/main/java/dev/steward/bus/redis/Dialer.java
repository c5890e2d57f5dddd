package dev.steward.bus.redis;

import dev.steward.bus.redis.RedisAddress.Secret;
import dev.steward.bus.redis.RedisAddress.Server;
import dev.steward.bus.redis.Trouble.NoConnection;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultRedisCredentials;
import redis.clients.jedis.HostAndPort;

/** Opens connections: reads the password and the certificates anew for each. Thread-safe. */
final class Dialer {
    private final RedisAddress address;
    private final RedisPace pace;
    private final String clientName;

    /** @param node shows in Redis' {@code CLIENT LIST} */
    Dialer(RedisAddress address, RedisPace pace, String node) {
        this.address = address;
        this.pace = pace;
        this.clientName = "steward:" + node.replaceAll("[^!-~]", "_");
    }

    /** For messages: where, and no secret. */
    String where() {
        return address.where();
    }

    /** Finds out where the keys are. */
    Session connect() {
        return new Session(this, Routes.find(address, this));
    }

    /** To a server that has the data. */
    Wire dial(HostAndPort server, int database) {
        var login = address.login();
        return dial(server, database, login.flatMap(RedisAddress.Login::user), login.map(RedisAddress.Login::password));
    }

    /** To a Sentinel, which has a password of its own. */
    Wire dialSentinel(Server server, Optional<Secret> password) {
        return dial(new HostAndPort(server.host(), server.port()), 0, Optional.empty(), password);
    }

    private Wire dial(HostAndPort server, int database, Optional<String> user, Optional<Secret> secret) {
        int answer = Math.toIntExact(pace.answer().toMillis());
        var config = DefaultJedisClientConfig.builder()
                // RESP2 by AUTH alone: HELLO brings nothing that is used, and one command more must be permitted.
                .autoNegotiateProtocol(false)
                .connectionTimeoutMillis(answer)
                .socketTimeoutMillis(answer)
                .blockingSocketTimeoutMillis(answer)
                .database(database)
                .clientName(clientName)
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
        address.tls().ifPresent(tls -> config.sslOptions(Trust.in(tls.ca())));
        char[] password = secret.isEmpty() ? new char[0] : read(secret.get());
        try {
            if (secret.isPresent()) {
                config.credentials(new DefaultRedisCredentials(user.orElse(null), password));
            }
            return Wire.open(server, config.build());
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private char[] read(Secret secret) {
        try {
            return secret.read();
        } catch (IOException e) {
            throw new NoConnection("the password of " + address.where() + " can't be had: " + e.getMessage(), e);
        }
    }
}
