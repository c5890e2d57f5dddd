package dev.steward.bus.redis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where Redis is, and how to be let in.
 *
 * @param login empty: it asks for none
 * @param tls empty: connections are not encrypted
 */
public record RedisAddress(Servers servers, Optional<Login> login, Optional<Tls> tls) {
    /** One server without a password, not encrypted. */
    public static RedisAddress of(String host, int port) {
        return new RedisAddress(new Servers.Single(new Server(host, port), 0), Optional.empty(), Optional.empty());
    }

    /** A host, a name or an address without brackets, and its port. */
    public record Server(String host, int port) {
        @Override
        public String toString() {
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /** Which servers. */
    public sealed interface Servers {
        /** One server, and the number of its database. */
        record Single(Server server, int database) implements Servers {}

        /**
         * Whichever server the Sentinels name at the moment.
         *
         * @param master what the Sentinels call it
         * @param password of the Sentinels themselves
         */
        record Sentinels(String master, List<Server> sentinels, Optional<Secret> password, int database)
                implements Servers {
            public Sentinels {
                sentinels = List.copyOf(sentinels);
            }
        }

        /** A Redis Cluster, by some of its nodes. */
        record Cluster(List<Server> nodes) implements Servers {
            public Cluster {
                nodes = List.copyOf(nodes);
            }
        }
    }

    /**
     * What Redis is told by AUTH.
     *
     * @param user empty: the user that Redis calls {@code default}
     */
    public record Login(Optional<String> user, Secret password) {
        @Override
        public String toString() {
            return "Login[" + user.orElse("default") + "]";
        }
    }

    /**
     * TLS to every server, Sentinels too; each shows a certificate for the host that it is asked by.
     *
     * @param ca certificates in PEM that are trusted instead of those that Java knows
     */
    public record Tls(Optional<Path> ca) {}

    /** A password that is looked up anew for each connection, so that a changed one is taken up. Any thread. */
    @FunctionalInterface
    public interface Secret {
        /**
         * Looks it up.
         *
         * @return an array of the caller's own, who wipes it
         * @throws IOException with the reason for people, without the secret
         */
        char[] read() throws IOException;
    }

    /** For messages: where, and no secret. */
    String where() {
        return tls.isPresent() ? which() + " over TLS" : which();
    }

    private String which() {
        return switch (servers) {
            case Servers.Single single -> "Redis at " + single.server();
            case Servers.Sentinels all -> "Redis '" + all.master() + "' of the Sentinels " + list(all.sentinels());
            case Servers.Cluster cluster -> "Redis Cluster at " + list(cluster.nodes());
        };
    }

    private static String list(List<Server> servers) {
        return servers.stream().map(Server::toString).collect(Collectors.joining(", "));
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return where();
    }
}
