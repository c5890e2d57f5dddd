package dev.steward.bus.redis;

import dev.steward.bus.redis.RedisAddress.Server;
import dev.steward.bus.redis.RedisAddress.Servers;
import dev.steward.bus.redis.Trouble.NoConnection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Which server has a key. Immutable. */
sealed interface Routes {
    /** The one that has this key. */
    HostAndPort to(String key);

    /** The number of the database there. */
    int database();

    /** One for all. */
    record One(HostAndPort server, int database) implements Routes {
        @Override
        public HostAndPort to(String key) {
            return server;
        }
    }

    /**
     * One for each range of slots.
     *
     * @param ranges by their first slots
     */
    record Slots(NavigableMap<Integer, Range> ranges) implements Routes {
        /** Up to this slot, including it. */
        record Range(int last, HostAndPort server) {}

        @Override
        public HostAndPort to(String key) {
            int slot = JedisClusterCRC16.getSlot(key);
            Map.Entry<Integer, Range> range = ranges.floorEntry(slot);
            if (range == null || range.getValue().last() < slot) {
                throw new NoConnection(
                        "no server of the Redis Cluster has slot " + slot + ", where '" + key + "' belongs", null);
            }
            return range.getValue().server();
        }

        @Override
        public int database() {
            return 0;
        }
    }

    /** Finds out; asks Sentinels or nodes one after the other until one answers. */
    static Routes find(RedisAddress address, Dialer dialer) {
        return switch (address.servers()) {
            case Servers.Single(Server(var host, var port), int database) ->
                new One(new HostAndPort(host, port), database);
            case Servers.Sentinels sentinels -> new One(master(sentinels, dialer), sentinels.database());
            case Servers.Cluster(var nodes) -> slots(nodes, dialer);
        };
    }

    private static HostAndPort master(Servers.Sentinels sentinels, Dialer dialer) {
        RuntimeException last = new NoConnection("no Sentinel is configured", null);
        for (Server sentinel : sentinels.sentinels()) {
            try (Wire wire = dialer.dialSentinel(sentinel, sentinels.password())) {
                var answer = wire.ask(new CommandArguments(Command.SENTINEL)
                        .add("get-master-addr-by-name")
                        .add(sentinels.master()));
                if (answer != null) {
                    return new HostAndPort(Reply.text(Reply.at(answer, 0)), port(Reply.text(Reply.at(answer, 1))));
                }
                last = new NoConnection(
                        "the Sentinel " + sentinel + " knows no master '" + sentinels.master() + "'", null);
            } catch (JedisException | NoConnection | Trouble.Unexpected e) {
                last = new NoConnection(
                        Trouble.of(e, "the Sentinel " + sentinel, "").reason(), e);
            }
        }
        throw last;
    }

    private static int port(String text) {
        if (!text.matches("[0-9]{1,5}")) {
            throw new Trouble.Unexpected("a port that is none");
        }
        return Integer.parseInt(text);
    }

    private static Routes slots(List<Server> nodes, Dialer dialer) {
        RuntimeException last = new NoConnection("no node of the Redis Cluster is configured", null);
        for (Server node : nodes) {
            var server = new HostAndPort(node.host(), node.port());
            try (Wire wire = dialer.dial(server, 0)) {
                return parse(wire.ask(new CommandArguments(Command.CLUSTER).add("SLOTS")), server);
            } catch (JedisException | NoConnection | Trouble.Unexpected e) {
                last = new NoConnection(
                        Trouble.of(e, "the Redis Cluster's node " + node, "").reason(), e);
            }
        }
        throw last;
    }

    /** See redis.io/docs/latest/commands/cluster-slots: a node that doesn't know its own name leaves it out. */
    private static Routes parse(@org.jspecify.annotations.Nullable Object answer, HostAndPort asked) {
        var ranges = new TreeMap<Integer, Slots.Range>();
        for (Object each : Reply.list(answer)) {
            var master = Reply.at(each, 2);
            var name = Reply.at(master, 0);
            String host = name == null ? "" : Reply.text(name);
            var server = new HostAndPort(
                    host.isEmpty() || host.equals("?") ? asked.getHost() : host,
                    Math.toIntExact(Reply.number(Reply.at(master, 1))));
            ranges.put(
                    Math.toIntExact(Reply.number(Reply.at(each, 0))),
                    new Slots.Range(Math.toIntExact(Reply.number(Reply.at(each, 1))), server));
        }
        return new Slots(ranges);
    }
}
