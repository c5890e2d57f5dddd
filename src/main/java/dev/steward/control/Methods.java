package dev.steward.control;

import dev.steward.bus.BusException;
import dev.steward.config.ConfigException;
import dev.steward.control.Method.Result;
import dev.steward.store.StateReader;
import dev.steward.store.StoreException;
import dev.steward.supervise.GoingDown;
import dev.steward.supervise.UnknownAgent;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that the socket can be asked. {@code steward call methods} lists it, from the table by which it is dispatched.
 * Thread-safe, as far as what it is given is.
 */
public final class Methods {
    private static final Logger LOG = LoggerFactory.getLogger(Methods.class);

    private final Map<String, Method> byName = new LinkedHashMap<>();

    /** What answers. */
    public record Parts(
            Agents agents, StateReader state, DaemonControl daemon, LogRotation rotation, OrderDesk orders) {}

    /**
     * Serves these parts.
     *
     * @param clock also for the zone in which times are shown
     */
    public Methods(Parts parts, Clock clock) {
        var zone = clock.getZone();
        var remembered = new Remembered(parts.state(), zone);
        add(new DaemonMethods(parts.daemon(), parts.agents(), remembered, parts.orders(), zone).all());
        add(new AgentMethods(parts.agents(), parts.daemon()).all());
        add(new StateMethods(remembered, zone).all());
        add(new RotationMethods(parts.rotation(), remembered, zone).all());
        add(new OrderMethods(parts.orders(), clock).all());
        add(List.of(Method.of("methods", "This list.", List.of(), _ -> list())));
    }

    private void add(List<Method> methods) {
        methods.forEach(method -> byName.put(method.name(), method));
    }

    private Result list() {
        return json -> {
            json.writeStartArray();
            byName.values().forEach(method -> method.describe(json));
            json.writeEndArray();
        };
    }

    Method find(String name) throws RpcError {
        var method = byName.get(name);
        if (method == null) {
            throw new RpcError(
                    RpcError.UNKNOWN_METHOD,
                    "there is no method " + Plain.of(name) + "; there are: " + String.join(", ", byName.keySet()));
        }
        return method;
    }

    /** What a method's failure is answered by. What nobody foresaw is logged whole, and told without its trace. */
    static RpcError explain(String method, Exception failure) {
        return switch (failure) {
            case RpcError error -> error;
            case ExecutionException wrapped
            when wrapped.getCause() instanceof Exception cause -> explain(method, cause);
            case UnknownAgent unknown -> new RpcError(RpcError.INVALID_PARAMS, String.valueOf(unknown.getMessage()));
            case UnknownLog unknown -> new RpcError(RpcError.INVALID_PARAMS, String.valueOf(unknown.getMessage()));
            case GoingDown going -> new RpcError(RpcError.BUSY, String.valueOf(going.getMessage()));
            case ConfigException refused -> new RpcError(RpcError.CONFIGURATION, String.valueOf(refused.getMessage()));
            case CannotBeReplaced cannot -> new RpcError(RpcError.UNAVAILABLE, String.valueOf(cannot.getMessage()));
            case BusException bus -> new RpcError(code(bus.kind()), String.valueOf(bus.getMessage()));
            case StoreException store -> new RpcError(RpcError.UNAVAILABLE, String.valueOf(store.getMessage()));
            default -> {
                LOG.error("{} failed", method, failure);
                yield new RpcError(
                        RpcError.INTERNAL,
                        method + " failed: " + failure + ". This is a fault of Steward; the daemon's log has more");
            }
        };
    }

    private static int code(BusException.Kind kind) {
        return switch (kind) {
            case UNAVAILABLE, FULL, UNUSABLE -> RpcError.UNAVAILABLE;
            case REFUSED -> RpcError.INVALID_PARAMS;
        };
    }
}
