package dev.steward.bus.redis;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/**
 * Removes from a stream for all nodes what each of them has read; a node that is away for long, or too far behind, isn't waited for.
 * For one thread.
 */
final class Trim {
    private static final Logger LOG = LoggerFactory.getLogger(Trim.class);
    private static final Duration EVERY = Duration.ofMinutes(1);

    private final String node;
    private final RedisPace.Keep keep;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private long next;

    Trim(String node, RedisPace.Keep keep, InstantSource clock, LongSupplier nanoTime) {
        this.node = node;
        this.keep = keep;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.next = nanoTime.getAsLong();
    }

    /** Says up to where this node has read, and removes what is behind all; once a minute. */
    void tidy(Lane lane, String stream, String position) {
        long now = nanoTime.getAsLong();
        if (now - next < 0) {
            return;
        }
        next = now + EVERY.toNanos();
        String readers = Names.readers(stream);
        var answers = lane.to(readers)
                .askAll(List.of(
                        new CommandArguments(Command.HSET)
                                .add(readers)
                                .add(node)
                                .add(position),
                        new CommandArguments(Command.HGETALL).add(readers)));
        long oldest = clock.instant().minus(keep.told()).toEpochMilli();
        var trim = new ArrayList<CommandArguments>();
        trim.add(trim(stream).add("MINID").add("~").add(behind(Reply.hash(answers.get(1)), oldest)));
        trim.add(trim(stream).add("MAXLEN").add("~").add(keep.most()));
        lane.to(stream).askAll(trim).forEach(Reply::number);
    }

    /** The smallest id that somebody may still want. */
    static String behind(Map<String, String> readers, long oldestMillis) {
        var oldest = new EntryId(Math.max(0, oldestMillis), 0);
        return readers.values().stream()
                .map(Trim::parse)
                // What the slowest has read last is kept: at an empty stream nobody could tell whether Redis lost it.
                .min(EntryId::compareTo)
                .filter(slowest -> slowest.compareTo(oldest) > 0)
                .orElse(oldest)
                .toString();
    }

    private static EntryId parse(String position) {
        try {
            return EntryId.of(position);
        } catch (NumberFormatException e) {
            LOG.warn("A node's place in a stream can't be '{}': it isn't waited for", Printable.of(position));
            return new EntryId(Long.MAX_VALUE, 0);
        }
    }

    private static CommandArguments trim(String stream) {
        return new CommandArguments(Command.XTRIM).add(stream);
    }
}
