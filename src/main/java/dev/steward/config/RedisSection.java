package dev.steward.config;

import dev.steward.config.BusConfig.Login;
import dev.steward.config.BusConfig.Servers;
import dev.steward.config.BusConfig.Tls;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The value of {@code bus.redis:}. */
@Doc("Redis, by one of url, sentinels, nodes.")
@OneOf({"url", "sentinels", "nodes"})
record RedisSection(
        @Doc(
                "One server: redis://host:port/database, or rediss:// for TLS; a user and a password may stand before the host.")
        @Otherwise("not asked")
        Optional<RedisAddress> url,

        @Doc("The Sentinels, which know the server of the moment.") @Otherwise("none")
        Optional<List<Endpoint>> sentinels,

        @Doc("What the Sentinels call that server.")
        @Otherwise("required for sentinels")
        @Matches(value = MASTER, saying = "up to 128 letters, digits, dots, dashes and _")
        Optional<String> master,

        @Doc("Nodes of a Redis Cluster, by which the others are found.") @Otherwise("none")
        Optional<List<Endpoint>> nodes,

        @Doc("Whom Redis is told that this is.")
        @Otherwise("the user that Redis calls default")
        @Matches(value = USER, saying = "up to 128 characters of ASCII, no spaces")
        Optional<String> user,

        @Doc("The password; read at each connection.") @Otherwise("none")
        Optional<Secret> password,

        @Doc("The password of the Sentinels themselves, for sentinels.") @Otherwise("none")
        Optional<Secret> sentinelPassword,

        @Doc("The number of the database, for sentinels; a url ends with it.")
        @Otherwise("0")
        @Range(min = 0, max = RedisAddress.LAST_DATABASE)
        Optional<Integer> database,

        @Doc("Whether connections are encrypted, for sentinels and nodes; for a url, rediss:// says so.")
        @Otherwise("false")
        Optional<Boolean> tls,

        @Doc("A file of certificates in PEM that are trusted instead of those that Java knows, for TLS.")
        @Otherwise("those that Java knows")
        Optional<Path> ca)
        implements Section {
    static final String USER = "^[!-~]{1,128}$";
    static final String MASTER = "^[A-Za-z0-9._-]{1,128}$";

    /** What stands for a section of which nothing could be read. */
    static final RedisSection REFUSED = with(Optional.empty());

    /** One server and nothing else. */
    static RedisSection at(RedisAddress address) {
        return with(Optional.of(address));
    }

    private static RedisSection with(Optional<RedisAddress> url) {
        return new RedisSection(
                url,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public void validate(Scope at) {
        new RedisChecks(this, at).run();
    }

    boolean encrypted() {
        return url.map(RedisAddress::tls).or(() -> tls).orElse(false);
    }

    Optional<String> anyUser() {
        return user.or(() -> url.flatMap(RedisAddress::user));
    }

    Optional<Secret> anyPassword() {
        return password.or(() -> url.flatMap(RedisAddress::password));
    }

    /** Empty only after a problem was reported. */
    Optional<BusConfig> toRedis() {
        var login = anyPassword().map(secret -> new Login(anyUser(), secret));
        var encryption = encrypted() ? Optional.of(new Tls(ca)) : Optional.<Tls>empty();
        return servers().map(servers -> new BusConfig.Redis(servers, login, encryption));
    }

    private Optional<Servers> servers() {
        if (url.isPresent()) {
            return url.map(address -> new Servers.Single(address.server(), address.database()));
        }
        if (sentinels.isPresent()) {
            return master.map(
                    name -> new Servers.Sentinels(name, sentinels.get(), sentinelPassword, database.orElse(0)));
        }
        return nodes.map(Servers.Cluster::new);
    }
}
