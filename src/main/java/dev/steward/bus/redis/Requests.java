package dev.steward.bus.redis;

import dev.steward.bus.Acknowledgement;
import dev.steward.bus.WorkOrder;
import dev.steward.bus.redis.Lane.Request;
import dev.steward.bus.redis.Settlements.Settlement;
import java.time.Duration;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/** What Redis is asked for what the ledger has to send. The first command of each decides; the second one is for listeners. Pure. */
final class Requests {
    /** How long a result is shown to those that are no part of Steward. */
    private static final Duration SHOWN = Duration.ofHours(1);

    private Requests() {}

    static Request present(WorkOrder order, long bodyMillis) {
        return new Request(Names.orders(order.heading().to()), Scripts.present(order, bodyMillis));
    }

    static Request put(WorkOrder order, String node) {
        return new Request(Names.orders(order.heading().to()), Scripts.put(order, node));
    }

    static List<Request> tell(Acknowledgement ack) {
        return List.of(
                new Request(Names.ACKS, add(Names.ACKS, AckEntry.fields(ack))),
                new Request(
                        Names.ACKS,
                        new CommandArguments(Command.PUBLISH)
                                .add(Names.ACK_CHANNEL)
                                .add(AckEntry.json(ack))));
    }

    static List<Request> tell(ResultEntry.Read result) {
        String key = Names.result(result.id());
        return List.of(
                new Request(Names.RESULTS, add(Names.RESULTS, ResultEntry.fields(result))),
                new Request(
                        key,
                        new CommandArguments(Command.SET)
                                .add(key)
                                .add(ResultEntry.json(result.result()))
                                .add("EX")
                                .add(SHOWN.toSeconds())));
    }

    static Request tell(QuarantineEntry.Read quarantine) {
        return new Request(Names.RESULTS, add(Names.RESULTS, QuarantineEntry.fields(quarantine)));
    }

    static Request withdraw(String inbox, String id, long millis) {
        return new Request(Names.orders(inbox), Scripts.withdraw(inbox, id, millis));
    }

    static Request settle(Settlement settlement) {
        return new Request(
                Names.orders(settlement.inbox()),
                Scripts.settle(settlement.inbox(), settlement.id(), settlement.entries()));
    }

    private static CommandArguments add(String stream, List<Object> fields) {
        return new CommandArguments(Command.XADD).add(stream).add("*").addObjects(fields);
    }
}
