package dev.steward.bus.remote;

import dev.steward.bus.Accepted;
import dev.steward.bus.BusException;
import dev.steward.bus.BusException.Kind;
import dev.steward.bus.Presence;

/** What a reply says, if it is the one that fits the call. */
final class Answers {
    private Answers() {}

    static void done(Reply reply) throws BusException {
        if (!(reply instanceof Reply.Done)) {
            throw other(reply);
        }
    }

    static boolean truth(Reply reply) throws BusException {
        if (reply instanceof Reply.Truth truth) {
            return truth.yes();
        }
        throw other(reply);
    }

    static Accepted dropped(Reply reply) throws BusException {
        if (reply instanceof Reply.Dropped dropped) {
            return dropped.accepted();
        }
        throw other(reply);
    }

    static Presence presence(Reply reply) throws BusException {
        if (reply instanceof Reply.Present present) {
            return present.presence();
        }
        throw other(reply);
    }

    private static BusException other(Reply reply) {
        return reply instanceof Reply.Failed failed
                ? new BusException(failed.kind(), failed.message())
                : new BusException(Kind.UNAVAILABLE, "the daemon's answer fits another question: " + reply);
    }
}
