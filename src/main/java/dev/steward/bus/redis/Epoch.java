package dev.steward.bus.redis;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/**
 * A word that Redis keeps for all nodes. If it is gone or another one, Redis lost what it had (FLUSHALL breaks no connection), or a
 * receiver found that its stream was lost: then what nobody acknowledged is to be sent again.
 */
final class Epoch {
    private byte @Nullable [] seen;

    private Epoch(byte @Nullable [] seen) {
        this.seen = seen;
    }

    /** Looks at it, and makes one if there is none. A Redis that is full makes none, which harms nobody. */
    static Epoch begin(Control control, Troubles troubles, String where) {
        try {
            control.ask(lane ->
                    lane.ask(Names.EPOCH, set(UUID.randomUUID().toString()).add("NX")));
            troubles.over("link");
        } catch (RuntimeException e) {
            var trouble = Trouble.of(e, where, Names.EPOCH);
            if (trouble instanceof Trouble.Broken) {
                throw e;
            }
            troubles.tell("link", trouble.reason());
        }
        return new Epoch(control.ask(Epoch::look));
    }

    /** What it is now. */
    static byte @Nullable [] look(Lane lane) {
        var answer = lane.ask(Names.EPOCH, new CommandArguments(Command.GET).add(Names.EPOCH));
        return answer == null ? null : Reply.bytes(answer);
    }

    /** Tells all nodes that something was lost. */
    static void change(Lane lane) {
        lane.ask(Names.EPOCH, set(UUID.randomUUID().toString()));
    }

    private static CommandArguments set(String value) {
        return new CommandArguments(Command.SET).add(Names.EPOCH).add(value);
    }

    /** Empty if there is none. */
    String word() {
        return seen == null
                ? ""
                : Printable.of(new String(seen, StandardCharsets.UTF_8)).replace(' ', '_');
    }

    /** Whether nothing was lost since the begin. */
    boolean holds(Lane lane) {
        byte[] now = look(lane);
        if (seen == null) {
            seen = now;
            return true;
        }
        return Arrays.equals(seen, now);
    }
}
