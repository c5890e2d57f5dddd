package dev.steward.bus.redis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;

/** One user's own connections, one to each server that has keys of interest; opened when first needed. For one thread. */
final class Lane implements AutoCloseable {
    /**
     * Commands about keys of one slot.
     *
     * @param key one of them
     */
    record Request(String key, List<CommandArguments> commands) {
        Request(String key, CommandArguments... commands) {
            this(key, List.of(commands));
        }
    }

    private final Session session;
    private final Map<HostAndPort, Wire> wires = new HashMap<>();
    private String key = "";

    Lane(Session session) {
        this.session = session;
    }

    Session session() {
        return session;
    }

    /** What was last asked for. */
    String key() {
        return key;
    }

    /** The connection to the server that has the key. */
    Wire to(String key) {
        this.key = key;
        return wires.computeIfAbsent(session.serverOf(key), session::dial);
    }

    /** Asks one thing. */
    @Nullable
    Object ask(String key, CommandArguments command) {
        return to(key).ask(command);
    }

    /** Asks all at once; gives the answers of each request, in which an error stands as the exception. */
    List<List<@Nullable Object>> askAll(List<Request> requests) {
        var byWire = new LinkedHashMap<Wire, List<Request>>();
        for (var request : requests) {
            byWire.computeIfAbsent(to(request.key()), _ -> new ArrayList<>()).add(request);
        }
        // By identity: two requests may ask the same.
        var answers = new IdentityHashMap<Request, List<@Nullable Object>>();
        byWire.forEach((wire, some) -> {
            var all = wire.askAll(some.stream()
                    .flatMap(request -> request.commands().stream())
                    .toList());
            int at = 0;
            for (var request : some) {
                answers.put(request, all.subList(at, at += request.commands().size()));
            }
        });
        return requests.stream().map(answers::get).toList();
    }

    @Override
    public void close() {
        wires.values().forEach(session::close);
    }
}
