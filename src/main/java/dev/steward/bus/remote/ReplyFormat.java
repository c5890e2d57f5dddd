package dev.steward.bus.remote;

import dev.steward.bus.Accepted;
import dev.steward.bus.BusException;
import dev.steward.bus.Heard;
import dev.steward.bus.OrderState;
import dev.steward.bus.Presence;
import dev.steward.bus.remote.Reply.Done;
import dev.steward.bus.remote.Reply.Dropped;
import dev.steward.bus.remote.Reply.Failed;
import dev.steward.bus.remote.Reply.Given;
import dev.steward.bus.remote.Reply.Present;
import dev.steward.bus.remote.Reply.Told;
import dev.steward.bus.remote.Reply.Truth;
import java.util.List;

/** Replies as bytes: a code, then the fields. */
final class ReplyFormat {
    private static final int GIVEN = 1;
    private static final int TOLD = 2;
    private static final List<OrderState> STATES = List.of(OrderState.values());
    private static final List<BusException.Kind> KINDS = List.of(BusException.Kind.values());

    private ReplyFormat() {}

    /** Whether the call ends with it; told from the bytes alone. */
    static boolean isLast(byte[] message) {
        return message.length == 0 || (message[0] != GIVEN && message[0] != TOLD);
    }

    static byte[] write(Reply reply) {
        var to = new FieldWriter();
        switch (reply) {
            case Given given -> Records.write(to.code(GIVEN), given.order());
            case Told told ->
                Records.write(
                        to.code(TOLD).number(told.heard().seq()), told.heard().acknowledgement());
            case Done _ -> to.code(3);
            case Truth truth -> to.code(4).flag(truth.yes());
            case Dropped dropped -> write(to, dropped.accepted());
            case Present present -> write(to, present.presence());
            case Failed failed ->
                to.code(10).number(KINDS.indexOf(failed.kind())).text(failed.message());
        }
        return to.message();
    }

    private static void write(FieldWriter to, Accepted accepted) {
        switch (accepted) {
            case Accepted.New fresh -> to.code(5).text(fresh.id());
            case Accepted.Same same -> to.code(6).text(same.id()).number(STATES.indexOf(same.state()));
            case Accepted.Conflict conflict -> to.code(7).text(conflict.id()).text(conflict.reason());
        }
    }

    private static void write(FieldWriter to, Presence presence) {
        switch (presence) {
            case Presence.Connected connected -> to.code(8).text(connected.kind());
            case Presence.Away away -> to.code(9).text(away.kind()).text(away.reason());
        }
    }

    static Reply read(byte[] message) throws Malformed {
        var from = new FieldReader(message);
        var reply = read(from);
        from.end();
        return reply;
    }

    private static Reply read(FieldReader from) throws Malformed {
        return switch (from.code()) {
            case GIVEN -> new Given(Records.order(from));
            case TOLD -> new Told(new Heard(from.number(), Records.acknowledgement(from)));
            case 3 -> new Done();
            case 4 -> new Truth(from.flag());
            case 5 -> new Dropped(new Accepted.New(from.text()));
            case 6 -> new Dropped(new Accepted.Same(from.text(), from.one(STATES)));
            case 7 -> new Dropped(new Accepted.Conflict(from.text(), from.text()));
            case 8 -> new Present(new Presence.Connected(from.text()));
            case 9 -> new Present(new Presence.Away(from.text(), from.text()));
            case 10 -> new Failed(from.one(KINDS), from.text());
            default -> throw new Malformed("a reply of an unknown kind");
        };
    }
}
