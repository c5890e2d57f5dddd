package dev.steward.bus.redis;

import dev.steward.bus.redis.Reply.Entry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/** The consumer group of an inbox, of which this node is a consumer. See redis.io/docs/latest/develop/data-types/streams. */
record Group(String inbox, String node) {
    /** What was claimed from other consumers, and where the search goes on. */
    record Claimed(String cursor, List<Entry> entries) {}

    /**
     * Entries that this node does not hold any more.
     *
     * @param theirs that another one has
     * @param gone that nobody has: settled by another one, or lost by Redis
     */
    record Lost(List<String> theirs, List<String> gone) {}

    static final String BEGIN = "0-0";

    String stream() {
        return Names.orders(inbox);
    }

    /** Makes it, with all that is in the stream still to be delivered. */
    void create(Lane lane) {
        try {
            lane.ask(
                    stream(),
                    new CommandArguments(Command.XGROUP)
                            .add("CREATE")
                            .add(stream())
                            .add(Names.GROUP)
                            .add(BEGIN)
                            .add("MKSTREAM"));
        } catch (JedisDataException e) {
            if (!String.valueOf(e.getMessage()).startsWith("BUSYGROUP")) {
                throw e;
            }
        }
    }

    /** Whether this says that there is no such group, or no such stream any more. */
    static boolean isGone(JedisDataException e) {
        String message = String.valueOf(e.getMessage());
        // Redis 6.2 puts its own words before the error of a command in a script.
        return message.contains("NOGROUP ") || message.startsWith("UNBLOCKED");
    }

    /** What this node was given before and has not settled, after this entry. */
    List<Entry> pending(Lane lane, String after, int most) {
        return Reply.read(
                lane.ask(stream(), read(most).add("STREAMS").add(stream()).add(after)));
    }

    /** What nobody was given; waits so long for something. */
    List<Entry> next(Lane lane, int most, Duration block) {
        return Reply.read(lane.to(stream())
                .askBlocking(
                        read(most)
                                .add("BLOCK")
                                .add(Math.max(1, block.toMillis()))
                                .add("STREAMS")
                                .add(stream())
                                .add(">"),
                        block));
    }

    private CommandArguments read(int most) {
        return new CommandArguments(Command.XREADGROUP)
                .add("GROUP")
                .add(Names.GROUP)
                .add(node)
                .add("COUNT")
                .add(most);
    }

    /** Takes over what a consumer was given that shows no sign of life. */
    Claimed claim(Lane lane, Duration silence, String cursor, int most) {
        var answer = lane.ask(
                stream(),
                new CommandArguments(Command.XAUTOCLAIM)
                        .add(stream())
                        .add(Names.GROUP)
                        .add(node)
                        .add(silence.toMillis())
                        .add(cursor)
                        .add("COUNT")
                        .add(most));
        return new Claimed(Reply.text(Reply.at(answer, 0)), Reply.entries(Reply.at(answer, 1)));
    }

    /** Shows a sign of life for these entries. */
    Lost renew(Lane lane, Collection<String> entries) {
        if (entries.isEmpty()) {
            return new Lost(List.of(), List.of());
        }
        var answer = lane.ask(stream(), Scripts.renew(inbox, node, 0, entries));
        return new Lost(Reply.strings(Reply.at(answer, 0)), Reply.strings(Reply.at(answer, 1)));
    }

    /** Lets others take these entries over at once. */
    void release(Lane lane, Duration silence, Collection<String> entries) {
        if (!entries.isEmpty()) {
            lane.ask(stream(), Scripts.renew(inbox, node, silence.toMillis(), entries));
        }
    }
}
