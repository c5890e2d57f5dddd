package dev.steward.bus.remote;

import dev.steward.bus.remote.Request.Acknowledge;
import dev.steward.bus.remote.Request.AskDelivered;
import dev.steward.bus.remote.Request.AskPresence;
import dev.steward.bus.remote.Request.Close;
import dev.steward.bus.remote.Request.Drop;
import dev.steward.bus.remote.Request.Hear;
import dev.steward.bus.remote.Request.Listen;
import dev.steward.bus.remote.Request.MakeKnown;
import dev.steward.bus.remote.Request.MarkHeard;
import dev.steward.bus.remote.Request.Quarantine;
import dev.steward.bus.remote.Request.Receive;
import dev.steward.bus.remote.Request.ShowBeat;
import dev.steward.bus.remote.Request.Take;

/** Requests as bytes: a code, then the fields. */
final class RequestFormat {
    private RequestFormat() {}

    static byte[] write(Request request) {
        var to = new FieldWriter();
        switch (request) {
            case Drop drop -> Records.write(to.code(1), drop.order());
            case ShowBeat show -> Records.write(to.code(2), show.beat());
            case AskPresence _ -> to.code(3);
            case Receive receive -> to.code(4).text(receive.inbox());
            case Take take -> to.code(5).number(take.most()).duration(take.time());
            case Acknowledge acknowledge -> {
                Records.write(to.code(6), acknowledge.order());
                Records.write(to, acknowledge.acknowledgement());
            }
            case Quarantine quarantine -> {
                Records.write(to.code(7), quarantine.order());
                to.text(quarantine.reason());
            }
            case MakeKnown known -> {
                Records.write(to.code(8), known.found());
                Records.write(to, known.acknowledgement());
            }
            case AskDelivered ask -> to.code(9).text(ask.id());
            case Listen listen -> to.code(10).text(listen.from());
            case Hear hear -> to.code(11).number(hear.most()).duration(hear.time());
            case MarkHeard mark -> to.code(12).number(mark.upTo());
            case Close _ -> to.code(13);
        }
        return to.message();
    }

    static Request read(byte[] message) throws Malformed {
        var from = new FieldReader(message);
        var request = read(from);
        from.end();
        return request;
    }

    private static Request read(FieldReader from) throws Malformed {
        return switch (from.code()) {
            case 1 -> new Drop(Records.order(from));
            case 2 -> new ShowBeat(Records.beat(from));
            case 3 -> new AskPresence();
            case 4 -> new Receive(from.text());
            case 5 -> new Take(from.number(Integer.MAX_VALUE), from.duration());
            case 6 -> new Acknowledge(Records.order(from), Records.acknowledgement(from));
            case 7 -> new Quarantine(Records.order(from), from.text());
            case 8 -> new MakeKnown(Records.found(from), Records.acknowledgement(from));
            case 9 -> new AskDelivered(from.text());
            case 10 -> new Listen(from.text());
            case 11 -> new Hear(from.number(Integer.MAX_VALUE), from.duration());
            case 12 -> new MarkHeard(from.number());
            case 13 -> new Close();
            default -> throw new Malformed("a request of an unknown kind");
        };
    }
}
