package dev.steward.bus.redis;

import dev.steward.bus.BusException;
import dev.steward.bus.WorkOrder;
import dev.steward.bus.redis.Reply.Entry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Reads one inbox: first what this node was given before and has not settled, then what silent receivers were given, then what nobody
 * was given. While orders are held here it shows a sign of life for them.
 */
final class Feed implements Worker.Job {
    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
    private static final Duration BLOCK = Duration.ofSeconds(20);
    /** At most so many, each of which may have 64 KiB and an envelope, come in one answer. */
    private static final int AT_ONCE = 32;

    private final Group group;
    private final Shelf shelf;
    private final Intake intake;
    private final Silence silence;
    private @Nullable Session knownIn;
    private int atOnce = AT_ONCE;
    private volatile Silence.Moment renewed;
    private long claimAt;

    Feed(Group group, Shelf shelf, Intake intake, Silence silence) {
        this.group = group;
        this.shelf = shelf;
        this.intake = intake;
        this.silence = silence;
        this.renewed = silence.now();
        this.claimAt = renewed.nanos();
    }

    Group group() {
        return group;
    }

    Shelf shelf() {
        return shelf;
    }

    @Override
    public void work(Lane lane, Worker.Progress progress) throws BusException, InterruptedException {
        try {
            renew(lane);
            pending(lane);
            knownIn = lane.session();
            while (true) {
                progress.fine();
                renewIfDue(lane);
                claimIfDue(lane);
                if (shelf.awaitRoom(untilDue())) {
                    take(lane, group.next(lane, Math.min(atOnce, shelf.room()), untilDue()));
                }
            }
        } catch (JedisDataException e) {
            if (!Group.isGone(e)) {
                throw e;
            }
            group.create(lane);
            if (knownIn == lane.session()) {
                // It was there before, so Redis lost it, and what was in its stream; the senders are to know.
                Epoch.change(lane);
            }
        }
    }

    private void take(Lane lane, List<Entry> entries) throws BusException {
        atOnce = Math.min(AT_ONCE, atOnce * 2);
        try {
            for (var entry : entries) {
                if (entry.fields().containsKey("pieces")) {
                    // It is fetched now, which takes its time.
                    shelf.show();
                }
                intake.take(lane, group.inbox(), entry, shelf, () -> renewIfDue(lane));
            }
        } finally {
            shelf.show();
        }
    }

    private void pending(Lane lane) throws BusException, InterruptedException {
        String after = Group.BEGIN;
        while (true) {
            var entries = group.pending(lane, after, atOnce);
            if (entries.isEmpty()) {
                return;
            }
            while (!shelf.awaitRoom(untilDue())) {
                renewIfDue(lane);
            }
            // They may have been left alone for long, so that another one takes them over right now.
            var lost = group.renew(lane, entries.stream().map(Entry::id).toList());
            take(
                    lane,
                    entries.stream()
                            .filter(entry -> !lost.theirs().contains(entry.id()))
                            .toList());
            after = entries.getLast().id();
        }
    }

    private void claimIfDue(Lane lane) throws BusException {
        if (nanoTime() - claimAt < 0) {
            return;
        }
        claimAt = nanoTime() + silence.most().toNanos() / 2;
        String cursor = Group.BEGIN;
        do {
            int room = Math.min(atOnce, shelf.room());
            if (room <= 0) {
                // The rest a little later, when receivers have taken some.
                claimAt = nanoTime() + silence.most().toNanos() / 8;
                return;
            }
            var claimed = group.claim(lane, silence.most(), cursor, room);
            take(lane, claimed.entries());
            cursor = claimed.cursor();
        } while (!cursor.equals(Group.BEGIN));
    }

    private void renewIfDue(Lane lane) {
        if (nanoTime() - renewed.nanos() >= silence.most().toNanos() / 3 || !isSure()) {
            renew(lane);
        }
    }

    /** Shows a sign of life for all that is held, and forgets what is not any more. */
    void renew(Lane lane) {
        boolean sure = isSure();
        var now = silence.now();
        var lost = group.renew(lane, shelf.entries());
        discard(shelf.lose(lost.theirs(), true));
        // What nobody has while nobody could take it over, Redis lost, and it is sent again; else another one has
        // settled it.
        discard(shelf.lose(lost.gone(), !sure));
        renewed = now;
        shelf.wake();
    }

    private static void discard(List<WorkOrder> orders) {
        for (var order : orders) {
            try {
                Bodies.discard(order.body());
            } catch (IOException e) {
                LOG.warn("The payload of {} stays in the spool until the next start: {}", order.id(), e.getMessage());
            }
        }
    }

    /** Whether nobody else can have taken over what is held. */
    boolean isSure() {
        return !silence.isTooLongSince(renewed);
    }

    private long nanoTime() {
        return silence.nanoTime().getAsLong();
    }

    private Duration untilDue() {
        long now = nanoTime();
        long due = Math.min(renewed.nanos() + silence.most().toNanos() / 3 - now, claimAt - now);
        return Duration.ofNanos(Math.clamp(due, 1_000_000, BLOCK.toNanos()));
    }

    @Override
    public void tooLarge(Lane lane, String key) throws BusException {
        if (key.equals(group.stream())) {
            // Those that stay may still be too large together.
            atOnce = 1;
            intake.purged(group.inbox(), Reply.strings(lane.ask(key, Scripts.purge(key, Resp.LARGEST_VALUE))));
        }
    }
}
