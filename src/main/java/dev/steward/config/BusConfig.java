package dev.steward.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What carries work orders, acknowledgements and heartbeats. Two are equal when nothing differs. */
public sealed interface BusConfig {
    /** The node's own database. */
    record Embedded() implements BusConfig {}

    /**
     * Redis, or what speaks its protocol.
     *
     * @param login empty: it asks for none
     * @param tls empty: connections are not encrypted
     */
    record Redis(Servers servers, Optional<Login> login, Optional<Tls> tls) implements BusConfig {}

    /** Where Redis is. */
    sealed interface Servers {
        /**
         * One server.
         *
         * @param database its number, 0 unless it was given
         */
        record Single(Endpoint server, int database) implements Servers {}

        /**
         * Whichever server the Sentinels name at the moment.
         *
         * @param master what the Sentinels call it
         * @param sentinels at least one
         * @param password of the Sentinels themselves; empty: they ask for none
         * @param database its number, 0 unless it was given
         */
        record Sentinels(String master, List<Endpoint> sentinels, Optional<Secret> password, int database)
                implements Servers {
            public Sentinels {
                sentinels = List.copyOf(sentinels);
            }
        }

        /**
         * A Redis Cluster.
         *
         * @param nodes by which the others are found, at least one
         */
        record Cluster(List<Endpoint> nodes) implements Servers {
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
    record Login(Optional<String> user, Secret password) {}

    /**
     * TLS to every server, Sentinels too. The server shows a certificate for the host that it was asked by.
     *
     * @param ca absolute: certificates in PEM that are trusted instead of those that Java knows
     */
    record Tls(Optional<Path> ca) {}
}
