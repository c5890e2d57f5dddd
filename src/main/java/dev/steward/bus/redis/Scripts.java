package dev.steward.bus.redis;

import dev.steward.bus.WorkOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/** What Redis has to do in one step. The keys of each script belong to one inbox, and so to one slot. */
final class Scripts {
    /** There is another order of that id. */
    static final long TAKEN = 2;

    /** Whether an entry has both hashes of an order; the index knows it by its id, which another node may have given to another order. */
    private static final String IS_SAME = """
            local function is_same(entry, wo, body)
              local said = {}
              for i = 1, #entry[2], 2 do said[entry[2][i]] = entry[2][i + 1] end
              return said['sha256_wo'] == wo and said['sha256_body'] == body
            end
            """;

    /** Whether the order is in the stream, and its large body, whose life is renewed, complete beside it. */
    private static final String PRESENT = IS_SAME + """
            local at = redis.call('HGET', KEYS[2], ARGV[1])
            local there = at and redis.call('XRANGE', KEYS[1], at, at)[1]
            if not there or not is_same(there, ARGV[4], ARGV[5]) then return 0 end
            if ARGV[2] ~= '0' then
              if redis.call('HLEN', KEYS[3]) ~= tonumber(ARGV[2]) then return 0 end
              redis.call('PEXPIRE', KEYS[3], ARGV[3])
            end
            return 1""";

    /** Adds the order unless it is there, so that one that is sent again is there once; says if another one of its id is. */
    private static final String PUT = IS_SAME + """
            local at = redis.call('HGET', KEYS[2], ARGV[1])
            local there = at and redis.call('XRANGE', KEYS[1], at, at)[1]
            if there then return is_same(there, ARGV[2], ARGV[3]) and 0 or 2 end
            at = redis.call('XADD', KEYS[1], '*', unpack(ARGV, 4))
            redis.call('HSET', KEYS[2], ARGV[1], at)
            redis.call('DEL', KEYS[3])
            return 1""";

    /** Nobody is to deliver the order any more; who has it already finds the mark. That one last: a full Redis takes the rest. */
    private static final String WITHDRAW = """
            local at = redis.call('HGET', KEYS[2], ARGV[2])
            if at then
              redis.call('XACK', KEYS[1], ARGV[1], at)
              redis.call('XDEL', KEYS[1], at)
              redis.call('HDEL', KEYS[2], ARGV[2])
            end
            redis.call('UNLINK', KEYS[3])
            redis.call('SET', KEYS[4], '1', 'PX', ARGV[3])
            return 1""";

    /** Nobody needs these entries of an order any more. */
    private static final String SETTLE = """
            local gone = 0
            for i = 3, #ARGV do
              redis.call('XACK', KEYS[1], ARGV[1], ARGV[i])
              gone = gone + redis.call('XDEL', KEYS[1], ARGV[i])
              if redis.call('HGET', KEYS[2], ARGV[2]) == ARGV[i] then redis.call('HDEL', KEYS[2], ARGV[2]) end
            end
            if gone > 0 then redis.call('UNLINK', KEYS[3]) end
            return gone""";

    /** Renews the hold on these entries; says which somebody else has by now, and which nobody has. */
    private static final String RENEW = """
            local theirs, gone = {}, {}
            for i = 4, #ARGV do
              local pending = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[i], ARGV[i], 1)[1]
              if not pending then
                gone[#gone + 1] = ARGV[i]
              elseif pending[2] == ARGV[2] then
                redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, ARGV[i], 'IDLE', ARGV[3], 'JUSTID')
              else
                theirs[#theirs + 1] = ARGV[i]
              end
            end
            return {theirs, gone}""";

    /** Removes entries with a field that is larger than any of Steward's. */
    private static final String PURGE = """
            local large, from = {}, '-'
            while true do
              local entries = redis.call('XRANGE', KEYS[1], from, '+', 'COUNT', 20)
              if #entries == 0 then return large end
              for _, entry in ipairs(entries) do
                local size = 0
                for _, part in ipairs(entry[2]) do size = size + #part end
                if size > tonumber(ARGV[2]) then
                  pcall(redis.call, 'XACK', KEYS[1], ARGV[1], entry[1])
                  redis.call('XDEL', KEYS[1], entry[1])
                  large[#large + 1] = entry[1]
                end
                from = '(' .. entry[1]
              end
            end""";

    /** Takes or renews a node's name, if nobody has it but this one, or the one that it is to be taken from; gives who has it. */
    private static final String CLAIM = """
            local now = redis.call('GET', KEYS[1])
            if now == ARGV[1] then
              redis.call('PEXPIRE', KEYS[1], ARGV[3])
              return now
            end
            if now and now ~= ARGV[2] then return now end
            redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
            return ARGV[1]""";

    private static final String LEAVE = """
            if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
            return 1""";

    private Scripts() {}

    /** @param instead who may have it now; empty: nobody else */
    static CommandArguments claim(String node, String holder, String instead, long millis) {
        return eval(CLAIM, List.of(Names.node(node)), List.of(holder, instead, millis));
    }

    static CommandArguments leave(String node, String holder) {
        return eval(LEAVE, List.of(Names.node(node)), List.of(holder));
    }

    static CommandArguments present(WorkOrder order, long bodyMillis) {
        return eval(
                PRESENT,
                keys(order.heading().to(), order.id()),
                List.of(
                        order.id(),
                        OrderEntry.pieces(order.body()),
                        bodyMillis,
                        order.sha256(),
                        order.body().sha256()));
    }

    /** Gives {@link #TAKEN} if its id is another one's. */
    static CommandArguments put(WorkOrder order, String node) {
        String inbox = order.heading().to();
        return eval(
                        PUT,
                        List.of(Names.orders(inbox), Names.index(inbox), Names.withdrawn(inbox, order.id())),
                        List.of(order.id(), order.sha256(), order.body().sha256()))
                .addObjects(OrderEntry.fields(order, node));
    }

    /** @param millis how long the mark stays */
    static CommandArguments withdraw(String inbox, String id, long millis) {
        var keys = new ArrayList<>(keys(inbox, id));
        keys.add(Names.withdrawn(inbox, id));
        return eval(WITHDRAW, keys, List.of(Names.GROUP, id, millis));
    }

    static CommandArguments settle(String inbox, String id, Collection<String> entries) {
        return eval(SETTLE, keys(inbox, id), List.of(Names.GROUP, id)).addObjects(entries);
    }

    /** @param idleMillis how long they seem to have been left alone then; 0 for one who works on them */
    static CommandArguments renew(String inbox, String node, long idleMillis, Collection<String> entries) {
        return eval(RENEW, List.of(Names.orders(inbox)), List.of(Names.GROUP, node, idleMillis))
                .addObjects(entries);
    }

    static CommandArguments purge(String stream, int largest) {
        return eval(PURGE, List.of(stream), List.of(Names.GROUP, largest));
    }

    private static List<String> keys(String inbox, String id) {
        return List.of(Names.orders(inbox), Names.index(inbox), Names.body(inbox, id));
    }

    private static CommandArguments eval(String script, List<String> keys, List<?> arguments) {
        return new CommandArguments(Command.EVAL)
                .add(script)
                .add(keys.size())
                .addObjects(keys)
                .addObjects(arguments);
    }
}
