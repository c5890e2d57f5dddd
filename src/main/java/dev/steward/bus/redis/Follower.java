package dev.steward.bus.redis;

import dev.steward.bus.BusException;
import dev.steward.bus.ledger.Words;
import dev.steward.bus.redis.Reply.Entry;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/** Reads a stream that is meant for all nodes, from where this node stopped, for ever; and removes what all nodes have read. */
final class Follower implements Worker.Job {
    private static final String BEGIN = "0-0";
    private static final int AT_ONCE = 256;
    private static final Duration BLOCK = Duration.ofSeconds(20);
    private static final Duration REMEMBER_EVERY = Duration.ofSeconds(1);

    /** What is done with entries. One that is given again, after a crash, has to change nothing. */
    interface Handler {
        void handle(List<Entry> entries) throws BusException, InterruptedException;

        /** Entries were removed that were larger than any that Steward writes. */
        void purged(String stream, List<String> entries) throws BusException;
    }

    private final String stream;
    private final Handler handler;
    private final Words ledger;
    private final Trim trim;
    private final LongSupplier nanoTime;
    private int atOnce = AT_ONCE;
    private String position = BEGIN;
    private String remembered = "";
    private long rememberedAt;

    Follower(String stream, Handler handler, Words ledger, Trim trim, LongSupplier nanoTime) {
        this.stream = stream;
        this.handler = handler;
        this.ledger = ledger;
        this.trim = trim;
        this.nanoTime = nanoTime;
    }

    @Override
    public void work(Lane lane, Worker.Progress progress) throws BusException, InterruptedException {
        if (remembered.isEmpty()) {
            remembered = ledger.remembered(key()).orElse(BEGIN);
            position = remembered;
        }
        if (isAhead(lane)) {
            position = BEGIN;
        }
        while (true) {
            var entries = read(lane);
            if (!entries.isEmpty()) {
                handler.handle(entries);
                atOnce = Math.min(AT_ONCE, atOnce * 2);
                position = entries.getLast().id();
            }
            remember(entries.isEmpty());
            trim.tidy(lane, stream, position);
            progress.fine();
        }
    }

    private String key() {
        return "redis " + stream;
    }

    /** Redis was emptied, or is behind what it once had: its new entries would stand before the place where this node stopped. */
    private boolean isAhead(Lane lane) {
        try {
            var info = Reply.list(lane.ask(
                    stream, new CommandArguments(Command.XINFO).add("STREAM").add(stream)));
            for (int i = 0; i + 1 < info.size(); i += 2) {
                if (Reply.text(info.get(i)).equals("last-generated-id")) {
                    return EntryId.of(position).compareTo(EntryId.of(Reply.text(info.get(i + 1)))) > 0;
                }
            }
            return false;
        } catch (JedisDataException e) {
            if (String.valueOf(e.getMessage()).startsWith("ERR no such key")) {
                return true;
            }
            throw e;
        }
    }

    private List<Entry> read(Lane lane) {
        // What is waiting is read before anything waits, and what was read is remembered before long.
        var block = position.equals(remembered) ? BLOCK : REMEMBER_EVERY;
        var command = new CommandArguments(Command.XREAD)
                .add("COUNT")
                .add(atOnce)
                .add("BLOCK")
                .add(block.toMillis())
                .add("STREAMS")
                .add(stream)
                .add(position);
        return Reply.read(lane.to(stream).askBlocking(command, block));
    }

    private void remember(boolean idle) throws BusException {
        long now = nanoTime.getAsLong();
        if (!position.equals(remembered) && (idle || now - rememberedAt >= REMEMBER_EVERY.toNanos())) {
            ledger.remember(key(), position);
            remembered = position;
            rememberedAt = now;
        }
    }

    @Override
    public void tooLarge(Lane lane, String key) throws BusException {
        if (key.equals(stream)) {
            // Those that stay may still be too large together.
            atOnce = 1;
            handler.purged(stream, Reply.strings(lane.ask(stream, Scripts.purge(stream, Resp.LARGEST_VALUE))));
        }
    }
}
