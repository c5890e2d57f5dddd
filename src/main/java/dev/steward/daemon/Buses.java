package dev.steward.daemon;

import dev.steward.bus.Bus;
import dev.steward.bus.BusException;
import dev.steward.bus.Site;
import dev.steward.bus.embedded.EmbeddedBus;
import dev.steward.bus.ledger.Ledger;
import dev.steward.bus.ledger.Ledgers;
import dev.steward.bus.redis.RedisAddress;
import dev.steward.bus.redis.RedisBus;
import dev.steward.bus.redis.RedisPace;
import dev.steward.config.BusConfig;
import dev.steward.config.Endpoint;
import dev.steward.config.Secret;
import dev.steward.config.Text;
import dev.steward.supervise.BeatKeys;
import dev.steward.supervise.Clocks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Opens the bus that is configured.
 *
 * @param environment what references to passwords are resolved from, anew for each connection
 */
record Buses(Map<String, String> environment, Clocks clocks) {
    /**
     * A bus, and where those agents are heard that beat in Redis.
     *
     * @param problems of single orders, for people
     */
    record Opened(Bus bus, BeatKeys keys, Supplier<List<String>> problems) {}

    /** What this node knows of orders. With Redis, what is to be sent is kept until it was. */
    Ledger ledger(BusConfig config, Path file) throws BusException {
        return switch (config) {
            case BusConfig.Embedded _ -> Ledgers.open(file, clocks.wall());
            case BusConfig.Redis _ -> Ledgers.openLinked(file, clocks.wall());
        };
    }

    /** Returns at once, whether Redis can be reached or not. Closing the bus leaves the ledger open. */
    Opened open(BusConfig config, Ledger ledger, Site site) throws IOException {
        var local = new EmbeddedBus(ledger);
        return switch (config) {
            case BusConfig.Embedded _ -> new Opened(local, BeatKeys.none(), List::of);
            case BusConfig.Redis redis -> {
                var setting = new RedisBus.Setting(address(redis), RedisPace.USUAL);
                var bus = RedisBus.open(
                        setting, local, ledger, site, new RedisBus.Times(clocks.wall(), clocks.monotonic()));
                yield new Opened(bus, bus::read, bus::problems);
            }
        };
    }

    private RedisAddress address(BusConfig.Redis redis) {
        return new RedisAddress(
                servers(redis.servers()),
                redis.login().map(login -> new RedisAddress.Login(login.user(), secret(login.password()))),
                redis.tls().map(tls -> new RedisAddress.Tls(tls.ca())));
    }

    private RedisAddress.Servers servers(BusConfig.Servers servers) {
        return switch (servers) {
            case BusConfig.Servers.Single(var server, var database) ->
                new RedisAddress.Servers.Single(server(server), database);
            case BusConfig.Servers.Sentinels(var master, var sentinels, var password, var database) ->
                new RedisAddress.Servers.Sentinels(master, servers(sentinels), password.map(this::secret), database);
            case BusConfig.Servers.Cluster(var nodes) -> new RedisAddress.Servers.Cluster(servers(nodes));
        };
    }

    private static List<RedisAddress.Server> servers(List<Endpoint> endpoints) {
        return endpoints.stream().map(Buses::server).toList();
    }

    private static RedisAddress.Server server(Endpoint endpoint) {
        return new RedisAddress.Server(endpoint.host(), endpoint.port());
    }

    private RedisAddress.Secret secret(Secret secret) {
        return () -> {
            try {
                return secret.resolve(environment).toCharArray();
            } catch (Text.UnresolvedReference e) {
                throw new IOException(e.getMessage(), e);
            }
        };
    }
}
