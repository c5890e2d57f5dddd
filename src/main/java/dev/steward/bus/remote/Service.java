package dev.steward.bus.remote;

import dev.steward.bus.Body;
import dev.steward.bus.Bus;
import dev.steward.bus.Bus.Listening;
import dev.steward.bus.Bus.Reception;
import dev.steward.bus.BusException;
import dev.steward.bus.WorkOrder;
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
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Does on the bus what one client asks for, and holds what it opened. */
final class Service {
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);
    private static final int MOST_HEARD = 256;

    private final Bus bus;
    private final Spool spool;
    private final Opened opened = new Opened();
    private final Portion portion = new Portion();

    Service(Bus bus, Spool spool) {
        this.bus = bus;
        this.spool = spool;
    }

    /** Where replies go. */
    interface Replies {
        void send(byte[] reply) throws IOException;
    }

    /** Answers one request, with the last reply of its call at the end. */
    void answer(Request request, Replies replies) throws IOException, BusException, InterruptedException {
        replies.send(ReplyFormat.write(
                switch (request) {
                    case Drop drop -> {
                        spool.keeps(drop.order().body());
                        yield new Reply.Dropped(bus.drop(drop.order()));
                    }
                    case ShowBeat show -> {
                        bus.beat(show.beat());
                        yield new Reply.Done();
                    }
                    case AskPresence _ -> new Reply.Present(bus.presence());
                    case Receive receive -> {
                        opened.keep(bus.receive(receive.inbox()));
                        yield new Reply.Done();
                    }
                    case Take take -> {
                        give(opened.reception(), take, replies);
                        yield new Reply.Done();
                    }
                    case Acknowledge acknowledge -> {
                        spool.holds(acknowledge.order().body());
                        yield new Reply.Truth(
                                opened.reception().acknowledge(acknowledge.order(), acknowledge.acknowledgement()));
                    }
                    case Quarantine quarantine -> {
                        spool.holds(quarantine.order().body());
                        opened.reception().quarantine(quarantine.order(), quarantine.reason());
                        yield new Reply.Done();
                    }
                    case MakeKnown known ->
                        new Reply.Truth(opened.reception().found(known.found(), known.acknowledgement()));
                    case AskDelivered ask -> new Reply.Truth(opened.reception().delivered(ask.id()));
                    case Listen listen -> {
                        opened.keep(bus.listen(listen.from()));
                        yield new Reply.Done();
                    }
                    case Hear hear -> {
                        tell(opened.listening(), hear, replies);
                        yield new Reply.Done();
                    }
                    case MarkHeard mark -> {
                        opened.listening().heard(mark.upTo());
                        yield new Reply.Done();
                    }
                    case Close _ -> {
                        opened.close();
                        yield new Reply.Done();
                    }
                }));
    }

    private void give(Reception reception, Take take, Replies replies)
            throws IOException, BusException, InterruptedException {
        var left = take.most();
        var wait = bounded(take.time());
        while (left > 0) {
            var most = Math.min(left, portion.orders());
            var orders = reception.take(most, wait);
            portion.was(orders);
            for (var order : orders) {
                give(reception, order, replies);
            }
            left = orders.size() < most ? 0 : left - most;
            wait = Duration.ZERO;
        }
    }

    private static void give(Reception reception, WorkOrder order, Replies replies) throws IOException, BusException {
        var reply = ReplyFormat.write(new Reply.Given(order));
        if (reply.length > Frame.LONGEST) {
            // It would end every connection on which it is given, and hold up all orders behind it.
            reception.quarantine(
                    order,
                    "it is too large to be given to a receiver: its envelope has "
                            + order.envelope().length() + " characters");
        } else {
            replies.send(reply);
        }
    }

    private static void tell(Listening listening, Hear hear, Replies replies)
            throws IOException, BusException, InterruptedException {
        for (var heard : listening.hear(Math.min(hear.most(), MOST_HEARD), bounded(hear.time()))) {
            replies.send(ReplyFormat.write(new Reply.Told(heard)));
        }
    }

    private static Duration bounded(Duration wait) {
        return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    }

    /** Closes what the client opened; what it opens afterwards is closed at once. No request may be under way. */
    void end() throws BusException {
        opened.end();
    }

    /** How many orders are held in memory at once for a client that takes many: few of large ones. */
    private static final class Portion {
        private static final int FEWEST = 4;
        private static final int MOST = 64;

        private int orders = FEWEST;

        synchronized int orders() {
            return orders;
        }

        synchronized void was(List<WorkOrder> last) {
            var bytes = last.stream().mapToLong(Portion::bytes).sum();
            orders = bytes > Body.INLINE_LIMIT ? FEWEST : Math.min(MOST, orders * 2);
        }

        private static long bytes(WorkOrder order) {
            return switch (order.body().content()) {
                case Body.Content.Inline inline -> inline.bytes().size();
                case Body.Content.Spooled _ -> 0;
            };
        }
    }
}
